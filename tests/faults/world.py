"""What the fault tests stand on: the cluster's history as its own watches tell it, engines on order, and a soukd that may die."""
import collections
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "e2e"))
from souk import ROOT, Soukd, expect, wait_for  # noqa: E402

# The shape of production, a twentieth of its times.
LEASE = 1.5
SETTINGS = {"http.port": "0", "jobs.lease": "1500ms", "jobs.reap_interval": "300ms", "jobs.backoff_base": "100ms", "jobs.backoff_cap": "500ms",
            "reconcile.max_snooze": "700ms", "reconcile.check_pause": "200ms", "reconcile.unavailable_pause": "300ms",
            "retention.interval": "1s", "usage.interval": "300ms", "jobs.workers": "2", "http.workers": "2", "database.readers": "2",
            "jobs.max_attempts": "1000"}  # each death is an attempt


class Proxy:
    """The API server without keys, for this test."""

    def __init__(self, box):
        env = {**os.environ, "PATH": box.path, "KUBECONFIG": box.env["KUBECONFIG"]}
        self.process = subprocess.Popen(["kubectl", "proxy", "--port=0"], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+)\s*$", self.process.stdout.readline()).group(1))

    def request(self, method, path, body=None, kind="application/json"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": kind})
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        finally:
            connection.close()

    def done(self, method, path, body=None, **options):
        status, document = self.request(method, path, body, **options)
        expect(status < 300, f"{method} {path}: {status} {document}")
        return document

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class History:
    """Everything that ever was, of three kinds: namespaces of stores, admin Secrets, Helm's records."""

    KINDS = {"namespaces": "/api/v1/namespaces?watch=1&labelSelector=souk.dev%2Fstore",
             "admin": "/api/v1/secrets?watch=1&fieldSelector=metadata.name%3Dsouk-admin",
             "records": "/api/v1/secrets?watch=1&labelSelector=owner%3Dhelm"}

    def __init__(self, proxy):
        self.lock = threading.Lock()
        self.broken = None
        self.namespaces = collections.defaultdict(set)  # store id -> uids
        self.admin = collections.defaultdict(set)       # namespace -> (uid, resourceVersion, values)
        self.records = collections.defaultdict(dict)    # namespace -> name -> status now
        self.highest = 0
        for kind, path in self.KINDS.items():
            threading.Thread(target=self.follow, args=(proxy.port, kind, path), daemon=True).start()

    def follow(self, port, kind, path):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", path)
            for line in connection.getresponse():
                event = json.loads(line)
                with self.lock:
                    getattr(self, "see_" + kind)(event["type"], event["object"])
            self.broken = f"the watch of {kind} ended"
        except Exception as error:  # noqa: BLE001  a history with a hole must fail the test
            self.broken = f"the watch of {kind}: {error!r}"

    def see_namespaces(self, _, item):
        self.namespaces[item["metadata"]["labels"]["souk.dev/store"]].add(item["metadata"]["uid"])

    def see_admin(self, event, item):
        meta = item["metadata"]
        if event != "DELETED":
            self.admin[meta["namespace"]].add((meta["uid"], meta["resourceVersion"], json.dumps(item["data"], sort_keys=True)))

    def see_records(self, event, item):
        meta = item["metadata"]
        if event == "DELETED":
            self.records[meta["namespace"]].pop(meta["name"], None)
        else:
            self.records[meta["namespace"]][meta["name"]] = meta["labels"].get("status")

    def of(self, store):
        """(uids of its namespaces, versions of its admin Secret, Helm's records now)"""
        with self.lock:
            expect(not self.broken, self.broken)
            return (set(self.namespaces[store["id"]]), set(self.admin[store["namespace"]]), dict(self.records[store["namespace"]]))


def engine(folder, name, *replacements):
    """A copy of the test engine under another name."""
    target = Path(folder) / name
    shutil.copytree(ROOT / "tests/engines/tiny", target)
    text = (target / "engine.yaml").read_text()
    for old, new in (("name: tiny\n", f"name: {name}\n"), *replacements):
        expect(text.count(old) == 1, f"the test engine has not one {old!r}")
        text = text.replace(old, new)
    (target / "engine.yaml").write_text(text)
    return str(target)


def engines(folder):
    """data: with a volume. fails: its setup Job fails. slow: its page does not come while a story looks at it."""
    order = "values:\n"
    patient = ("provisioning_deadline: 120s", "provisioning_deadline: 900s")  # deaths take time
    data = ("  components: []  ", "  components: [data]  ")
    return [engine(folder, "data", patient, data, (order, order + "  data: {enabled: true}\n")),
            engine(folder, "fails", patient, data,
                   (order, order + "  data: {enabled: true}\n  test:\n    podLabels: {setup: {souk.dev/test-fault: job-failed}}\n")),
            engine(folder, "slow", patient, (order, order + "  test:\n    podLabels: {web: {souk.dev/test-fault: slow}}\n"
                                                            "    podAnnotations: {web: {souk.dev/test-delay: 800s}}\n"))]


class Mortal(Soukd):
    """A soukd that a fault point may end at any moment, also before it is ready and in the middle of an answer."""

    def __init__(self, box, folder, engine_folders, **settings):
        super().__init__(box, folder, engines=engine_folders, settings={**SETTINGS, **settings})

    def start(self, extra=None, wait=True):
        self.settings.pop("http.port", None)
        self.port = 0
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings["debug.fault_log"] = str(self.folder / "passed")
        return super().start(extra, wait)

    def start_doomed(self, faults):
        """True: it is ready, and will die. False: it died before."""
        offset = self.log_path.stat().st_size if self.log_path.exists() else 0
        self.start(faults, wait=False)

        def ready_or_dead():
            for line in self.log_path.read_text()[offset:].splitlines():
                if '"soukd is ready"' in line:
                    self.port = int(json.loads(line)["address"].rsplit(":", 1)[1])
                    return True
            return self.process.poll() is not None
        wait_for("soukd, ready or dead", ready_or_dead, 60, 0.05)
        return self.process.poll() is None and self.port != 0

    def ask(self, method, path, body=None, headers=None):
        """(status, answer), or None when there was none."""
        try:
            status, _, document = self.request(method, path, body, headers)
            return status, document
        except (OSError, http.client.HTTPException):  # refused, reset or cut off
            return None

    def through(self, faults, act, reached, patience=180):
        """Starts soukd again and again under the same faults, until one of them reaches the end and stops clean. Each of the
        others must have died where the faults say, within `patience` seconds: a successor that is stuck is not killed out of it.
        `act` is repeated until it was answered. Answers how many died."""
        deaths, asked = 0, False
        while True:
            self.start_doomed(faults)
            begun = time.monotonic()
            while self.process.poll() is None:
                asked = asked or bool(act())
                if asked and reached():
                    self.process.terminate()
                    self.process.wait(60)
                elif time.monotonic() - begun > patience:
                    self.end()  # what follows must not die of these faults
                    raise AssertionError(f"after {deaths} deaths a successor was stuck; passed last: {self.passed()[-5:]}")
                else:
                    time.sleep(0.1)
            if self.process.returncode == 0:
                return deaths
            self.died(faults)
            deaths += 1

    def died(self, faults):
        last = self.passed()[-1]
        expect(self.process.returncode == -signal.SIGKILL, f"soukd ended with {self.process.returncode} after {last}: "
               f"{self.log_path.read_text()[-1500:]}")
        if "debug.fault_book" in faults:
            expect(last in Path(faults["debug.fault_book"]).read_text().split(), f"it died at {last}, which is not in its book")
        else:
            expect(last == faults["debug.fault_point"].rsplit(">", 1)[-1], f"it died at {last} instead of {faults}")

    def passed(self):
        path = self.folder / "passed"
        return path.read_text().splitlines() if path.exists() else []

    def end(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def operations(self, store, kind):
        listed = self.api("GET", f"/api/v1/operations?store={store['id']}&page_size=100")["operations"]
        return [operation for operation in listed if operation["kind"] == "store." + kind]

    def condition(self, store, kind):
        return next((item for item in self.get(store)["conditions"] if item["type"] == kind), {"status": None, "message": ""})

    def errors(self):
        found = []
        for line in self.log_path.read_text().splitlines():
            if '"level":"error"' in line or "ERROR: AddressSanitizer" in line or "runtime error:" in line:
                found.append(line)
        return found
