"""What is refused: bad input, callers without a token, and soukd itself where it has no business."""
import hashlib
import json
import os
import re
import stat
import subprocess
import urllib.parse

from secret_search import files_of
from souk import ROOT, expect
from stories_world import problem

PLAIN = {"name": "Bad input", "engine": "tiny", "plan": "starter"}


def nested(levels):
    return b'{"name": ' + b"[" * levels + b"]" * levels + b', "engine": "tiny"}'


# What is sent, then status, code, and the fields that must be named. A bytes body goes out as it is.
BAD_INPUT = [
    ("an empty object", {}, 422, "invalid_body", ["/name", "/engine"]),
    ("everything wrong at once", {"name": "", "engine": "nope", "plan": "nope"}, 422, "invalid_store", ["/name", "/engine", "/plan"]),
    ("a name of spaces", {**PLAIN, "name": "   "}, 422, "invalid_store", ["/name"]),
    ("a name of 64 characters", {**PLAIN, "name": "x" * 64}, 422, "invalid_store", ["/name"]),
    ("a name with a line break", {**PLAIN, "name": "a\nb"}, 422, "invalid_store", ["/name"]),
    ("a name with an end of text", {**PLAIN, "name": "a\0b"}, 422, "invalid_store", ["/name"]),
    ("a name that turns the text around", {**PLAIN, "name": "a\u202eb"}, 422, "invalid_store", ["/name"]),
    ("a name that is a number", {**PLAIN, "name": 7}, 422, "invalid_body", ["/name"]),
    ("a name that is null", {**PLAIN, "name": None}, 422, "invalid_body", ["/name"]),
    ("a list as engine and a number as plan", {**PLAIN, "engine": ["tiny"], "plan": 1}, 422, "invalid_body", ["/engine", "/plan"]),
    ("an engine with a path in it", {**PLAIN, "engine": "../tiny"}, 422, "invalid_store", ["/engine"]),
    ("an engine in capitals", {**PLAIN, "engine": "TINY"}, 422, "invalid_store", ["/engine"]),
    ("an unknown plan", {**PLAIN, "plan": "Starter"}, 422, "invalid_store", ["/plan"]),
    ("two unknown fields", {**PLAIN, "colour": "red", "a/b~c": 1}, 422, "invalid_body", ["/colour", "/a~1b~0c"]),
    ("fields only Souk sets", {**PLAIN, "phase": "Ready", "id": "str_1"}, 422, "invalid_body", ["/phase", "/id"]),
    ("a field given twice", b'{"name": "a", "name": "b", "engine": "tiny"}', 422, "invalid_body", ["/name"]),
    ("JSON that is cut off", b'{"name": "Bad', 400, "malformed_json", []),
    ("JSON with a comment", b'{"name": "Bad", /* */ "engine": "tiny"}', 400, "malformed_json", []),
    ("JSON with a comma too many", b'{"name": "Bad", "engine": "tiny",}', 400, "malformed_json", []),
    ("two JSON values", b'{"name": "Bad", "engine": "tiny"} {}', 400, "malformed_json", []),
    ("a list", b'[{"name": "Bad", "engine": "tiny"}]', 400, "malformed_json", []),
    ("nothing", b"", 400, "malformed_json", []),
    ("33 levels", nested(32), 400, "malformed_json", []),
    ("10000 levels", nested(10000), 400, "malformed_json", []),
    ("65 KiB", {**PLAIN, "name": "x" * (65 << 10)}, 413, "body_too_large", []),
    ("bytes that are not UTF-8", b'{"name": "Bad \xff", "engine": "tiny"}', 400, "malformed_json", []),
    ("an overlong slash", b'{"name": "Bad \xc0\xaf", "engine": "tiny"}', 400, "malformed_json", []),
    ("a surrogate in UTF-8", b'{"name": "Bad \xed\xa0\x80", "engine": "tiny"}', 400, "malformed_json", []),
    ("half a surrogate pair", b'{"name": "Bad \\ud800", "engine": "tiny"}', 400, "malformed_json", []),
    ("UTF-16", json.dumps(PLAIN).encode("utf-16"), 400, "malformed_json", []),
]


def bad_input_creates_nothing_and_names_every_field(world):
    soukd = world.soukd
    before = world.query("SELECT (SELECT count(*) FROM stores), (SELECT count(*) FROM operations), (SELECT count(*) FROM jobs)")
    for what, body, status, code, pointers in BAD_INPUT:
        document = problem(soukd.request("POST", "/api/v1/stores", body), status, code, what)
        named = sorted({error["pointer"] for error in document.get("errors", [])})
        expect(named == sorted(pointers), f"{what}: named are {named}, expected {sorted(pointers)}")
        expect(all(error["code"] and error["detail"] for error in document.get("errors", [])), f"{what}: {document}")
    body = json.dumps(PLAIN).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        problem(soukd.request("POST", "/api/v1/stores", body, {"Content-Type": kind}), 415, "unsupported_media_type", kind)
    for key in ("", "a b", "x" * 256):
        problem(soukd.request("POST", "/api/v1/stores", PLAIN, {"Idempotency-Key": key}), 400, "invalid_header", f"idempotency key {key[:9]!r}")
    for query, named in (("phasee=Ready", "phasee"), ("page_size=0", "page_size"), ("sort=size", "sort"), ("page_size=x", "page_size")):
        document = problem(soukd.request("GET", f"/api/v1/stores?{query}"), 400, "invalid_parameter", query)
        expect([error["pointer"] for error in document["errors"]] == [named], f"{query}: {document}")
    problem(soukd.request("PUT", "/api/v1/stores", PLAIN), 405, "method_not_allowed", "PUT")
    problem(soukd.request("GET", "/api/v1/stores/str_1"), 404, "store_not_found", "an unknown store")
    problem(soukd.request("GET", "/api/v1/nothing"), 404, "not_found", "an unknown path")
    after = world.query("SELECT (SELECT count(*) FROM stores), (SELECT count(*) FROM operations), (SELECT count(*) FROM jobs)")
    expect(before == after, f"rows before {before}, after {after}")


def operations_of_the_contract():
    path, found = None, []
    for line in (ROOT / "api/openapi.yaml").read_text().split("\ncomponents:")[0].splitlines():
        if match := re.fullmatch(r"  (/\S*):", line):
            path = match[1]
        elif path and (match := re.fullmatch(r"    (get|post|patch|put|delete):", line)):
            found.append((match[1].upper(), path))
    return found


def without_the_token_only_the_probes_answer(world):
    soukd = world.soukd
    operations = operations_of_the_contract()
    expect(len(operations) > 20 and ("GET", "/livez") in operations, f"the contract was not read: {operations}")
    real = world.ready("Black or Green", "tiny")
    bearer = f"Bearer {soukd.token}"
    wrong = [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic " + soukd.token}, {"Authorization": bearer + "x"},
             {"Authorization": bearer[:-1]}, {"Authorization": "Bearer"}, {"X-User-Id": "default"}]
    for method, path in operations:
        path = path.replace("{id}", real["id"]).replace("{name}", "tiny")
        if (method, path) == ("POST", "/api/v1/session"):
            continue  # whoever asks has no token yet
        if path in ("/livez", "/readyz", "/api/v1/dashboard"):
            expect(soukd.request(method, path, token=False)[0] == 200, f"{path} wants a token")
            continue
        for headers in wrong if path == "/api/v1/stores" else wrong[:2]:
            what = f"{method} {path} with {list(headers) or 'nothing'}"
            body = {} if method in ("POST", "PATCH") else None
            answer = soukd.request(method, path, body, headers, token=False)
            problem(answer, 401, "unauthenticated", what)
            expect(answer[1]["WWW-Authenticate"].startswith("Bearer"), what)
    query = urllib.parse.quote(soukd.token)
    problem(soukd.request("GET", f"/api/v1/stores?token={query}&access_token={query}", token=False), 401, "unauthenticated", "a token in the URL")
    problem(soukd.request("GET", "/api/nothing", token=False), 404, "not_found", "an unknown path")
    expect(soukd.get(real)["phase"] == "Ready", "the store was touched")


def the_token_is_kept_to_itself(world):
    """A file for its owner only; in no log, no command line; a hash in the database."""
    soukd = world.soukd
    token = soukd.token
    mode = stat.S_IMODE(os.stat(soukd.folder / "token").st_mode)
    expect(mode == 0o600, f"mode of the token's file: {mode:o}")
    expect(len(token) >= 40, "the token is short")
    context = soukd.folder / "config/souk/context.json"
    expect(stat.S_IMODE(context.stat().st_mode) == 0o600, "the CLI's context is readable by others")
    for name, data in files_of(soukd.folder):
        expect(name == "token" or token.encode() not in data, f"the token is in {name}")
    expect(not any(token.encode() in line for line in world.commands.seen), "the token is in a command line")
    hashes = [row[0] for row in world.query("SELECT hash FROM tokens")]
    expect(hashes == [hashlib.sha256(token.encode()).hexdigest()], "the database has not exactly the token's hash")


def a_second_soukd_of_one_database_is_refused(world):
    """Two would both run the watches and answer from caches of their own."""
    done = subprocess.run([world.soukd.program, *world.soukd.flags({"http.port": "0"})], capture_output=True, text=True, timeout=30,
                          env={"PATH": world.box.path, "HOME": str(world.soukd.folder)})
    expect(done.returncode != 0 and "another soukd uses" in done.stderr and "souk.db" in done.stderr, f"{done.returncode}: {done.stderr}")
    world.soukd.api("GET", "/api/v1/stores")


def as_soukd(world, *args, stdin=None):
    done = subprocess.run(["kubectl", *args], env={**os.environ, "PATH": world.box.path, "KUBECONFIG": world.box.env["SOUK_KUBECONFIG"]},
                          capture_output=True, text=True, input=stdin, timeout=60)
    return done.returncode, done.stdout + done.stderr


def soukd_has_no_rights_beyond_its_stores(world):
    """Asked of the API server, and tried."""
    store = world.ready("Black or Green", "tiny")
    space = store["namespace"]
    may = [("get", "secrets", "-n", space), ("create", "namespaces"), ("list", "pods", "-A")]
    may_not = [("get", "secrets", "-n", "kube-system"), ("list", "secrets", "-n", "kube-system"), ("get", "secrets", "-A"), ("list", "secrets", "-A"),
               ("watch", "secrets", "-A"), ("get", "secrets", "-n", "souk-system"), ("get", "secrets", "-n", "default"),
               ("create", "pods", "-n", "kube-system"), ("create", "pods", "-n", space), ("create", "pods", "--subresource=exec", "-n", space),
               ("patch", "configmaps", "-n", "kube-system"), ("delete", "deployments", "-n", "kube-system"),
               ("create", "serviceaccounts", "--subresource=token", "-n", space),
               ("get", "nodes", "--subresource=proxy"), ("impersonate", "users"), ("escalate", "clusterroles"),
               ("bind", "clusterroles/cluster-admin"),
               ("bind", "clusterroles/admin"), ("create", "clusterrolebindings"), ("create", "roles", "-n", space), ("*", "*", "-A")]
    for question in may:
        code, text = as_soukd(world, "auth", "can-i", *question)
        expect(code == 0, f"soukd may not {question}: {text}")  # or the rest would prove nothing
    for question in may_not:
        code, text = as_soukd(world, "auth", "can-i", *question)
        expect(code != 0 and "no" in text.split(), f"soukd may {question}: {text}")

    world.box.kubectl("create", "namespace", "somebody-else")
    world.box.kubectl("create", "configmap", "kept", "-n", "somebody-else", "--from-literal=a=b")
    binding = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "more", "namespace": space},
               "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "store-namespace-admin"},
               "subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": "default"}]}
    own = [{"kind": "ServiceAccount", "name": "soukd", "namespace": "souk-system"}]
    cluster_admin = {**binding, "roleRef": {**binding["roleRef"], "name": "cluster-admin"}, "subjects": own}
    in_system = {**binding, "metadata": {"name": "more", "namespace": "kube-system"}, "subjects": own}
    pod_security = "pod-security.kubernetes.io/enforce"
    attempts = [
        ("read a Secret of kube-system", "get", "secrets", "-n", "kube-system"),
        ("read the Secrets of all", "get", "secrets", "-A"),
        ("change kube-system", "label", "namespace", "kube-system", "souk.dev/store=str_1", "app.kubernetes.io/managed-by=souk"),
        ("write into kube-system", "create", "configmap", "x", "-n", "kube-system"),
        ("end kube-system", "delete", "namespace", "kube-system", "--dry-run=server"),
        ("end another's namespace", "delete", "namespace", "somebody-else", "--wait=false"),
        ("take another's namespace over", "label", "namespace", "somebody-else", "app.kubernetes.io/managed-by=souk", "souk.dev/store=str_1"),
        ("make a namespace without its labels", "create", "namespace", "souk-more"),
        ("drop the Pod Security label", "label", "namespace", space, pod_security + "-"),
        ("weaken the Pod Security label", "label", "namespace", space, pod_security + "=privileged", "--overwrite"),
        ("give a store's namespace away", "label", "namespace", space, "souk.dev/store=str_1", "--overwrite"),
        ("make itself a token", "create", "token", "default", "-n", space),
    ]
    for what, *command in attempts:
        code, text = as_soukd(world, *command)
        expect(code != 0 and ("orbidden" in text or "denied" in text), f"soukd could {what}: {text}")
    for what, document in (("bind cluster-admin", cluster_admin), ("bind its role to another", binding), ("bind its role in kube-system", in_system)):
        code, text = as_soukd(world, "create", "-f", "-", stdin=json.dumps(document))
        expect(code != 0 and ("orbidden" in text or "denied" in text), f"soukd could {what}: {text}")
    labels = world.json_of("namespace", space)["metadata"]["labels"]
    expect(labels[pod_security] == "restricted" and labels["souk.dev/store"] == store["id"], f"{labels}")
    expect(world.json_of("configmap", "kept", "-n", "somebody-else")["data"] == {"a": "b"}, "another's object was touched")
    world.box.kubectl("delete", "namespace", "somebody-else", "--wait=false")
