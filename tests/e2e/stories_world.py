"""The world of tests/e2e/fast: one box, one soukd whose answers are remembered, engines with faults, and eyes on processes."""
import base64
import http.client
import json
import shutil
import sqlite3
import ssl
import threading
import urllib.parse

from engine_copies import engine
from helm_child import HelmChild
from souk import ROOT, expect, wait_for
from watched import Commands, WatchedSoukd

SLOW = {"souk.dev/test-fault": "slow"}
STEPS = ["namespace", "fence", "secrets", "release", "data", "setup", "workloads", "route", "checks", "ready"]
NEVER = json.dumps({"*": {"status": 500, "body": "closed"}})
SETUP_REASON = "NoCurrency"
SETUP_SENTENCE = "The currency XTS is not known to this shop."
KINDS = ("pods,deployments,replicasets,statefulsets,jobs,services,endpointslices,ingresses,configmaps,secrets,persistentvolumeclaims,"
         "serviceaccounts,rolebindings,networkpolicies,resourcequotas,limitranges")


def make_engines(folder):
    shutil.copytree(ROOT / "tests/engines/tiny", folder / "tiny")
    engine(folder, "with-data", data=True)
    # Within a slow one's time a story sees it and does something to it, on a machine that is busy, too.
    for part, name, delay in (("setup", "slow-setup", "30s"), ("web", "slow-web", "30s"), ("setup", "slowish-setup", "8s"),
                              ("web", "slow-back", "8s")):
        engine(folder, name, podLabels={part: SLOW}, podAnnotations={part: {"souk.dev/test-delay": delay}})
    engine(folder, "no-image", podLabels={"web": {"souk.dev/test-fault": "image-pull"}})
    engine(folder, "bad-setup", podLabels={"setup": {"souk.dev/test-fault": "job-failed"}},
           podAnnotations={"setup": {"souk.dev/test-termination": json.dumps({"reason": SETUP_REASON, "message": SETUP_SENTENCE}),
                                     "souk.dev/test-delay": "10s"}})
    engine(folder, "counted")
    engine(folder, "counted-bad", podLabels={"web": {"souk.dev/test-fault": "image-pull"}})
    engine(folder, "no-page", deadline="60s", serviceAnnotations={"souk.dev/test-responses": NEVER})
    engine(folder, "no-page-yet", serviceAnnotations={"souk.dev/test-responses": NEVER})
    # All of the 3 CPUs that the plan starter allows together: there is no room for anything beside it.
    engine(folder, "full", deadline="40s", resources=[
        ("    web: {requests: {cpu: 1m, memory: 8Mi}, limits: {cpu: 100m,", "    web: {requests: {cpu: 1m, memory: 8Mi}, limits: {cpu: 1400m,"),
        ("\nvalues:\n", "\nvalues:\n  web: {replicas: 2}\n")])
    # Four copies of 1900m each are more than the 3 CPUs that the plan starter allows together, not more than one pod may have.
    engine(folder, "too-big", deadline="40s", resources=[
        ("    web: {requests: {cpu: 1m, memory: 8Mi}, limits: {cpu: 100m,", "    web: {requests: {cpu: 1m, memory: 8Mi}, limits: {cpu: 1900m,"),
        ("\nvalues:\n", "\nvalues:\n  web: {replicas: 4}\n")])


class Stream:
    """Server-sent events in a thread of its own. `events` are (id, type, data) in the order they came; `hints` are the stores of each hint."""

    def __init__(self, soukd, path="/api/v1/events", last_id=None):
        self.events, self.hints, self.begun, self.wrong, self.ended = [], [], None, None, threading.Event()
        self.connection = http.client.HTTPConnection("127.0.0.1", soukd.port, timeout=60)
        headers = {"Authorization": f"Bearer {soukd.token}", "Accept": "text/event-stream"}
        if last_id is not None:
            headers["Last-Event-ID"] = str(last_id)
        self.connection.request("GET", path, headers=headers)
        self.response = self.connection.getresponse()
        expect(self.response.status == 200, f"stream: {self.response.status}")
        self.socket = self.connection.sock or self.response.fp.raw._sock  # noqa: SLF001  http.client gives it away with close-delimited bodies
        self.soukd = soukd
        threading.Thread(target=self._read, daemon=True).start()
        wait_for("the stream's beginning", lambda: self.begun is not None, 20, 0.02)

    def _read(self):
        fields = {}
        try:
            for raw in self.response:
                line = raw.decode().rstrip("\r\n")
                if line:
                    name, _, value = line.partition(":")
                    fields[name] = value.removeprefix(" ")
                    continue
                if "data" in fields:
                    self.soukd.answers.append(fields["data"])
                    data = json.loads(fields["data"])
                    if fields.get("event") == "objects":
                        self.soukd.contract.check_event(data, "ObjectHint")
                        self.hints.append(data["stores"])
                    else:
                        if fields.get("event") != "resync":
                            self.soukd.contract.check_event(data)
                        self.events.append((int(fields["id"]) if "id" in fields else None, fields.get("event"), data))
                if "id" in fields and self.begun is None:
                    self.begun = int(fields["id"])
                fields = {}
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            pass
        except AssertionError as error:
            self.wrong = error
        self.ended.set()

    def close(self):
        try:
            self.socket.shutdown(2)
        except OSError:
            pass
        self.ended.wait(20)
        if self.wrong:
            raise self.wrong

    def of(self, store):
        return [data for _, _, data in list(self.events) if data.get("store_id") == store["id"]]


class KubeApi:
    """The administrator's view over one kept connection: quicker than a kubectl a look."""

    def __init__(self, box):
        config = json.loads(box.kubectl("config", "view", "--raw", "--minify", "-o", "json"))
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
        context = ssl.create_default_context(cadata=authority)
        self.headers = {"Authorization": f"Bearer {user['token']}"}
        address = urllib.parse.urlsplit(cluster["server"])
        self.connection = http.client.HTTPSConnection(address.hostname, address.port, context=context, timeout=20)

    def items(self, path):
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        document = json.loads(answer.read())
        expect(answer.status == 200, f"GET {path}: {document}")
        return document["items"]


class World:
    def __init__(self, box, folder):
        self.box, self.folder = box, folder
        self.engines = folder / "engines"
        make_engines(self.engines)
        self.helm = HelmChild.program(folder / "helm", box.path)
        self.soukd = WatchedSoukd(box, folder / "state", engines=[str(self.engines)], settings={
            "reconcile.max_snooze": "1s", "reconcile.sweep": "3s", "reconcile.check_pause": "500ms", "reconcile.unavailable_pause": "1s",
            "jobs.lease": "10s", "jobs.reap_interval": "1s", "jobs.backoff_base": "300ms", "jobs.backoff_cap": "1s", "usage.interval": "2s",
            "log.level": "debug", "helm.program": str(self.helm)})
        self.commands = Commands()
        self.stores = {}

    # Stores that more than one story looks at, or that are begun early because they take their time.
    def store(self, name, engine="tiny", plan="starter"):
        if name not in self.stores:
            self.stores[name] = self.soukd.create(name, engine, plan)
        return self.stores[name]

    def ready(self, name, engine="tiny", plan="starter"):
        return self.soukd.wait_phase(self.store(name, engine, plan), "Ready", 90)

    def gone(self, name):
        self.stores.pop(name, None)

    def retry(self, store):
        """The operation, when the worker has begun with it: until then the store is still Failed."""
        operation = self.soukd.api("POST", f"/api/v1/stores/{store['id']}/actions/retry", status=202)["operation"]
        wait_for(f"the retry of {store['name']}", lambda: self.soukd.get(store)["phase"] != "Failed", 20, 0.02)
        return operation

    def wait_step(self, store, step, seconds=60):
        def reached():
            document = self.soukd.get(store)
            expect(document["phase"] not in ("Failed", "Ready"), f"{store['name']} is {document['phase']}, not in {step}: {document['failure']}")
            return document["progress"]["step"] == step
        wait_for(f"step {step} of {store['name']}", reached, seconds)

    def events(self, store):
        """All events of a store, oldest first."""
        found, token = [], ""
        while True:
            page = self.soukd.api("GET", f"/api/v1/stores/{store['id']}/events?page_size=200" +
                                  (f"&page_token={urllib.parse.quote(token)}" if token else ""))
            found += page["events"]
            token = page["next_page_token"]
            if not token:
                return found[::-1]

    def newest_event(self):
        page = self.soukd.api("GET", "/api/v1/events?page_size=1")["events"]
        return page[0]["number"] if page else 0

    def query(self, text, *values):
        """Rows of soukd's own database, read only."""
        connection = sqlite3.connect(f"file:{self.soukd.folder / 'souk.db'}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(text, values).fetchall()
        finally:
            connection.close()

    def job(self, store):
        """(state, attempt)"""
        return self.query("SELECT state, attempt FROM jobs WHERE store_id = ?", store["id"])[0]

    def json_of(self, *args):
        return json.loads(self.box.kubectl("get", *args, "-o", "json"))

    def remains(self, store):
        """What the API server still has of a store."""
        left = [f"{item['kind']} {item['metadata']['namespace']}/{item['metadata']['name']}"
                for item in self.box.objects(KINDS, f"souk.dev/store={store['id']}")]
        left += [f"PersistentVolume {item['metadata']['name']}" for item in self.json_of("persistentvolumes")["items"]
                 if item["spec"].get("claimRef", {}).get("namespace") == store["namespace"]]
        return left + self.box.kubectl("get", "namespace", store["namespace"], "--ignore-not-found", "-o", "name").split()

    def helm_records(self, store):
        """Helm's releases in a store's namespace: status by Secret name."""
        items = self.json_of("secrets", "-n", store["namespace"], "-l", "owner=helm")["items"]
        return {item["metadata"]["name"]: item["metadata"]["labels"]["status"] for item in items}

    def held_helm(self, name):
        """A new store and its first helm, which has not begun yet."""
        slug = name.lower().replace(" ", "-")
        (self.helm.parent / slug).touch()
        store = self.store(name)
        expect(store["slug"] == slug, f"{name} has the slug {store['slug']}")
        return store, HelmChild(wait_for(f"the helm of {slug}", lambda: HelmChild.stopped(self.soukd, slug), 60))

    def helm_in_mid_install(self, name):
        """A new store and its helm, stopped after it took its lock in the namespace and before it is done."""
        store, helm = self.held_helm(name)
        api, path = KubeApi(self.box), f"/api/v1/namespaces/{store['namespace']}/secrets?labelSelector=owner%3Dhelm"
        helm.run_until("pending-install", lambda: [item["metadata"]["labels"]["status"] for item in api.items(path)])
        return store, helm

    def expect_one_release(self, store):
        records = self.helm_records(store)
        expect(list(records.values()) == ["deployed"], f"Helm's records of {store['name']}: {records}")
        made = self.json_of("deployments", "-n", store["namespace"])["items"]
        expect(len(made) == 1, f"deployments of {store['name']}: {len(made)}")

    def fail_page(self, store):
        """The page answers 500 from now on."""
        self.box.kubectl("annotate", "service", f"{store['slug']}-web", "-n", store["namespace"], f"souk.dev/test-responses={NEVER}", "--overwrite")

    def pass_page(self, store):
        """Removes the cause of a page that answers 500."""
        self.box.kubectl("annotate", "service", f"{store['slug']}-web", "-n", store["namespace"], "souk.dev/test-responses-", "--overwrite")


def problem(answer, status, code, what):
    """A problem document as the contract wants it; returns it."""
    got, headers, document = answer
    expect(got == status, f"{what}: {got} {document}, expected {status}")
    expect(headers.get("Content-Type", "").split(";")[0] == "application/problem+json", f"{what}: type {headers.get('Content-Type')}")
    for member in ("type", "title", "status", "detail", "code", "request_id"):
        expect(document.get(member), f"{what}: no {member} in {document}")
    expect(document["status"] == status and document["code"] == code, f"{what}: {document}, expected {code}")
    expect(document["request_id"] == headers.get("X-Request-Id"), f"{what}: the request id of body and header differ")
    return document
