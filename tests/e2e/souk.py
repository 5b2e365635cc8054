"""What the end-to-end tests share: a cluster box, a soukd, its API, and a list of checks. Python's standard library only."""
import contextlib
import hashlib
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class Checks:
    """One `ok` or `not ok` line a check and a sum at the end. A test that raises has failed; the others go on."""

    def __init__(self):
        self.passed = self.failed = 0

    def run(self, name, function):
        started = time.monotonic()
        try:
            function()
            self.passed += 1
            print(f"ok      {name} ({time.monotonic() - started:.1f} s)", flush=True)
            return True
        except Exception as error:  # noqa: BLE001  whatever went wrong is the test's result
            self.failed += 1
            print(f"not ok  {name}: {error}", flush=True)
            traceback.print_exc()
            sys.stderr.flush()
            return False

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def wait_for(what, probe, seconds, pause=0.1):
    """The probe's first true value; says what it waited for and what it saw last. The last look begins after the time is over: a
    machine that stood still meanwhile has not decided anything."""
    end = time.monotonic() + seconds
    while True:
        over = time.monotonic() >= end
        last = probe()
        if last:
            return last
        if over:
            raise AssertionError(f"waited {seconds} s for {what}; last seen: {last!r}")
        time.sleep(pause)


class Box:
    """A cluster of the test's own, by name. Left with `down` whatever happens, unless `kept`: somebody else's is left as it is."""

    def __init__(self, name, fast=True, kept=False):
        self.name, self.fast, self.kept = name, fast, kept
        self.env = {}

    @classmethod
    def real(cls, prefix):
        """The box that SOUK_TEST_BOX names, kept; else one of this clone's own, so that two clones do not share one. What a killed
        test left in it would be in the way of the next, so it is removed first."""
        if os.environ.get("SOUK_TEST_BOX"):
            return cls(os.environ["SOUK_TEST_BOX"], fast=False, kept=True)
        box = cls(f"{prefix}-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}", fast=False)
        box.down(check=True)
        return box

    def down(self, check):
        subprocess.run([str(ROOT / "cluster/down"), "--name", self.name], check=check, stdin=subprocess.DEVNULL)

    def __enter__(self):
        command = [str(ROOT / "cluster/up"), "--name", self.name] + (["--fast"] if self.fast else ["--own"])
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        path = subprocess.run([str(ROOT / "cluster/status"), "--name", self.name, "--env"], check=True, capture_output=True,
                              text=True).stdout.strip()
        shown = subprocess.run(["bash", "-c", f"set -a; . '{path}'; env -0"], check=True, capture_output=True).stdout
        pairs = (item.split(b"=", 1) for item in shown.split(b"\0") if b"=" in item)
        self.env = {k.decode(): v.decode() for k, v in pairs}
        return self

    def __exit__(self, *_):
        if not self.kept:
            self.down(check=False)

    @property
    def path(self):
        return self.env["SOUK_BIN_PATH"] + ":" + os.environ["PATH"]

    def kubectl(self, *args, check=True, stdin=None):
        done = subprocess.run(["kubectl", *args], env={**os.environ, "PATH": self.path, "KUBECONFIG": self.env["KUBECONFIG"]},
                              capture_output=True, text=True, input=stdin)
        if check and done.returncode != 0:
            raise AssertionError(f"kubectl {' '.join(args)}: {done.stderr.strip()}")
        return done.stdout

    def objects(self, kinds, selector="souk.dev/store"):
        return json.loads(self.kubectl("get", kinds, "-A", "-l", selector, "-o", "json"))["items"]

    @contextlib.contextmanager
    def without_new_pods(self):
        """A pod that is made waits for the end of this: what is deleted is away for as long as a busy soukd needs to see it."""
        nodes = self.kubectl("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}").split()
        self.kubectl("cordon", *nodes)
        try:
            yield
        finally:
            self.kubectl("uncordon", *nodes)

    def api_server(self, action):
        subprocess.run([str(ROOT / "cluster/fast-api"), action, "--name", self.name], check=True)

    def load(self, *archives):
        subprocess.run([str(ROOT / "cluster/load"), "--name", self.name, *archives], check=True)


class Soukd:
    """The real program on a free port, with state of its own in `folder`. `restart` keeps the state."""

    def __init__(self, box, folder, program=None, engines=(), settings=None):
        self.box, self.folder = box, Path(folder)
        self.program = program or os.environ.get("SOUKD", str(ROOT / "build/debug/bin/soukd"))
        self.engines = engines or [str(ROOT / "engines"), str(ROOT / "tests/engines")]
        self.settings = settings or {}
        self.process = None
        self.port = 0
        self.log_path = self.folder / "soukd.log"

    def flags(self, extra=None):
        values = {
            "http.port": str(self.port),
            "database.path": str(self.folder / "souk.db"),
            "token.path": str(self.folder / "token"),
            "token.cli_context": str(self.folder / "config/souk/context.json"),
            "cache.path": str(self.folder / "cache"),
            "engines.paths": ",".join(self.engines),
            "cluster.kubeconfig": self.box.env["SOUK_KUBECONFIG"],
            "cluster.entry": self.box.env["SOUK_ENTRY"],
            "cluster.public_port": self.box.env["SOUK_PUBLIC_PORT"],
            "cluster.ingress_class": self.box.env["SOUK_INGRESS_CLASS"],
            "cluster.route_namespace": self.box.env.get("SOUK_INGRESS_NAMESPACE", "traefik"),
            "helm.program": "helm",
            "log.format": "json",
            **self.settings,
            **(extra or {}),
        }
        return [f"--{name}={value}" for name, value in values.items()]

    def start(self, extra=None, wait=True):
        self.folder.mkdir(parents=True, exist_ok=True)
        offset = self.log_path.stat().st_size if self.log_path.exists() else 0
        env = {"PATH": self.box.path, "HOME": str(self.folder), "LANG": "C.UTF-8",
               "ASAN_OPTIONS": "abort_on_error=1", "UBSAN_OPTIONS": "print_stacktrace=1"}
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([self.program, *self.flags(extra)], env=env, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, cwd=self.folder)
        if wait:
            def ready():
                if self.process.poll() is not None:
                    raise AssertionError(f"soukd ended with {self.process.returncode}: {self.log_path.read_text()[-2000:]}")
                for line in self.log_path.read_text()[offset:].splitlines():
                    if '"soukd is ready"' in line:
                        return json.loads(line)
                return None
            self.port = int(wait_for("soukd", ready, 60)["address"].rsplit(":", 1)[1])
        return self

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """A clean end; anything but exit code 0 is a failure (sanitizers speak here too)."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            code = self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("soukd did not stop within 60 s")
        expect(code == 0, f"soukd ended with {code}: {self.log_path.read_text()[-3000:]}")

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, *_):
        if kind is None:
            self.stop()
        elif self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    @property
    def token(self):
        return (self.folder / "token").read_text().strip()

    def request(self, method, path, body=None, headers=None, token=True):
        """(status, headers, parsed body or text)"""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        if token:
            request.add_header("Authorization", f"Bearer {self.token}")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            if not any(name.lower() == "content-type" for name in (headers or {})):
                request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, data=data, timeout=30) as answer:
                status, answered, raw = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            status, answered, raw = error.code, error.headers, error.read()
        text = raw.decode(errors="replace")
        try:
            return status, answered, json.loads(text)
        except ValueError:
            return status, answered, text

    def api(self, method, path, body=None, status=(200, 202), **options):
        answered, _, document = self.request(method, path, body, **options)
        expect(answered in (status if isinstance(status, tuple) else (status,)), f"{method} {path}: {answered} {document}")
        return document

    # The words of a test.
    def create(self, name, engine="tiny", plan="starter"):
        return self.api("POST", "/api/v1/stores", {"name": name, "engine": engine, "plan": plan}, 202)["store"]

    def get(self, store):
        return self.api("GET", f"/api/v1/stores/{store['id']}")

    def wait_phase(self, store, phase, seconds=120):
        def reached():
            status, _, document = self.request("GET", f"/api/v1/stores/{store['id']}")
            if phase == "Deleted" and status == 410:
                return document
            expect(status in (200, 410), f"GET store: {status} {document}")
            if document.get("phase") == "Failed" and phase not in ("Failed", "Deleted"):
                raise AssertionError(f"the store failed: {document.get('failure')}")
            reached.last = {k: document.get(k) for k in ("phase", "progress", "failure")}
            return document if document.get("phase") == phase else None
        try:
            return wait_for(f"phase {phase}", reached, seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; store: {json.dumps(getattr(reached, 'last', None))}") from None

    def delete(self, store, seconds=180):
        name = urllib.parse.quote(store["name"])
        self.api("DELETE", f"/api/v1/stores/{store['id']}?confirm={name}", None, 202)
        self.wait_phase(store, "Deleted", seconds)
        return self.api("GET", f"/api/v1/stores/{store['id']}/receipt")


@contextlib.contextmanager
def workspace():
    with tempfile.TemporaryDirectory(prefix="souk-test-") as folder:
        yield Path(folder)


def at_address(store, path="/", method="GET"):
    """(status, headers, text) of the store's own address, through the cluster's entry point."""
    address = urllib.parse.urlsplit(store["urls"]["storefront"])
    connection = http.client.HTTPConnection("127.0.0.1", address.port, timeout=30)  # Python does not know names below .localhost
    try:
        connection.request(method, path, headers={"Host": address.netloc})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode(errors="replace")
    finally:
        connection.close()


def expect_closed(store, path="/", method="GET"):
    """The address of a suspended store says so."""
    status, headers, text = at_address(store, path, method)
    expect(status == 503 and "suspended" in text and "text/html" in headers["Content-Type"] and int(headers["Retry-After"]) > 0,
           f"{method} {path}: {status} {dict(headers)} {text[:200]}")


def nothing_left(box):
    """Nothing of any store is left in the cluster: objects of whatever kind the API server has, volumes, namespaces."""
    kinds = [name for name in box.kubectl("api-resources", "--verbs=list", "-o", "name").split()
             # Those of metrics and components are computed. Identities are the network's own books of label sets that were seen; Cilium's
             # operator, which a box does not run, clears them up.
             if name not in ("componentstatuses", "ciliumidentities.cilium.io") and not name.endswith(".metrics.k8s.io")]
    expect({"namespaces", "secrets", "ingresses.networking.k8s.io", "persistentvolumes"} <= set(kinds), f"the API server's kinds: {kinds}")
    left = [f"{item['kind']} {item['metadata'].get('namespace', '')}/{item['metadata']['name']}" for item in box.objects(",".join(kinds))]
    left += [f"PersistentVolume {item['metadata']['name']}"
             for item in json.loads(box.kubectl("get", "persistentvolumes", "-o", "json"))["items"]
             if item["spec"].get("claimRef", {}).get("namespace", "").startswith("souk-")]
    left += [line for line in box.kubectl("get", "namespaces", "-o", "name").split()
             if line.startswith("namespace/souk-") and line != "namespace/souk-system"]
    expect(not left, f"left in the cluster: {left}")
