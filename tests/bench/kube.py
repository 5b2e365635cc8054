"""The API server of a box as its administrator sees it: requests over one connection a thread, and watches that note the time."""
import base64
import contextlib
import http.client
import json
import os
import ssl
import tempfile
import threading
import time
import urllib.parse


class Api:
    def __init__(self, box):
        config = json.loads(box.kubectl("config", "view", "--raw", "--minify", "-o", "json"))
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        server = urllib.parse.urlsplit(cluster["server"])
        self.host, self.port = server.hostname, server.port
        self.context = ssl.create_default_context(cadata=base64.b64decode(cluster["certificate-authority-data"]).decode())
        self.headers = {}
        if "token" in user:
            self.headers["Authorization"] = f"Bearer {user['token']}"
        else:
            with tempfile.NamedTemporaryFile("w") as file:  # ssl takes certificates from files only
                file.write(base64.b64decode(user["client-certificate-data"]).decode())
                file.write(base64.b64decode(user["client-key-data"]).decode())
                file.flush()
                self.context.load_cert_chain(file.name)
        self.local = threading.local()

    def connect(self, timeout=30):
        return http.client.HTTPSConnection(self.host, self.port, context=self.context, timeout=timeout)

    def request(self, method, path, body=None, kind="application/json"):
        if time.monotonic() - getattr(self.local, "used", 0) > 30:  # the server closes what rests
            self.local.connection = self.connect()
        self.local.used = time.monotonic()
        headers = {**self.headers, "Content-Type": kind, "Accept": "application/json"}
        self.local.connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.local.connection.getresponse()
        document = json.loads(answer.read())
        if answer.status >= 300:
            raise AssertionError(f"{method} {path}: {answer.status} {document.get('message')}")
        return document

    def set_pod_ready(self, namespace, pod, ready):
        patch = {"status": {"conditions": [{"type": "Ready", "status": "True" if ready else "False"}]}}
        return self.request("PATCH", f"/api/v1/namespaces/{namespace}/pods/{pod}/status", patch, "application/strategic-merge-patch+json")


class Watch:
    """Calls `seen(time, type, object)` for every event of the objects with a store's label, from now on; in a thread of its own."""

    def __init__(self, api, path, seen):
        self.seen, self.ended = seen, False
        listed = api.request("GET", f"{path}?limit=1")
        version = listed["metadata"]["resourceVersion"]
        self.connection = api.connect(timeout=None)
        self.connection.request("GET", f"{path}?watch=1&labelSelector=souk.dev%2Fstore&resourceVersion={version}", headers=api.headers)
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        if self.response.status != 200:
            raise AssertionError(f"watch {path}: {self.response.status} {self.response.read()[:300]}")
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException, AttributeError):
            for line in self.response:
                now = time.monotonic()
                event = json.loads(line)
                if event["type"] != "ERROR":
                    self.seen(now, event["type"], event["object"])
        self.ended = True

    def close(self):
        with contextlib.suppress(OSError):
            self.socket.shutdown(2)
        self.thread.join(5)


class Events:
    """Souk's own events over SSE. `seen(time, event)` in a thread of its own."""

    def __init__(self, soukd, seen):
        self.seen = seen
        self.connection = http.client.HTTPConnection("127.0.0.1", soukd.port, timeout=60)
        self.connection.request("GET", "/api/v1/events", headers={"Authorization": f"Bearer {soukd.token}", "Accept": "text/event-stream"})
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        if self.response.status != 200:
            raise AssertionError(f"event stream: {self.response.status}")
        self.begun = threading.Event()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        if not self.begun.wait(20):
            raise AssertionError("the event stream does not begin")

    def _read(self):
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException, AttributeError):
            for raw in self.response:
                if raw.startswith(b"data:"):
                    event = json.loads(raw[5:])
                    if "number" in event:  # else a hint
                        self.seen(time.monotonic(), event)
                elif raw.startswith(b"id:"):
                    self.begun.set()

    def close(self):
        with contextlib.suppress(OSError):
            self.socket.shutdown(2)
        self.thread.join(5)


def condition(item, kind):
    return next((c["status"] for c in item.get("status", {}).get("conditions", []) if c["type"] == kind), None)


class PodTimes:
    """When each pod of a store was seen to be made, placed, running, ready and done: seconds of the monotonic clock."""

    def __init__(self, api):
        self.pods, self.lock = {}, threading.Lock()
        self.watch = Watch(api, "/api/v1/pods", self._seen)

    def _seen(self, now, kind, pod):
        meta, status = pod["metadata"], pod.get("status", {})
        containers = status.get("containerStatuses") or [{}]
        state = containers[0].get("state", {})
        with self.lock:
            times = self.pods.setdefault((meta["namespace"], meta["name"]), {"uid": meta["uid"], "made": now,
                                         "component": meta["labels"].get("app.kubernetes.io/component", meta["name"])})
            for what, true in (("placed", condition(pod, "PodScheduled") == "True"), ("running", "running" in state or "terminated" in state),
                               ("ready", condition(pod, "Ready") == "True"), ("done", status.get("phase") == "Succeeded")):
                if true:
                    times.setdefault(what, now)
            times["restarts"] = containers[0].get("restartCount", 0)

    def of(self, namespace):
        with self.lock:
            return [dict(times) for (ns, _), times in self.pods.items() if ns == namespace]

    def close(self):
        self.watch.close()


class CgroupTimes(threading.Thread):
    """CPU seconds and throttled seconds of every pod of a real box, read again and again because a pod's group goes with it."""

    def __init__(self):
        super().__init__(daemon=True)
        self.pods, self.stopped = {}, threading.Event()

    def run(self):
        while not self.stopped.wait(0.2):
            for top in ("/sys/fs/cgroup/cpu,cpuacct", "/sys/fs/cgroup"):
                if os.path.isdir(top):
                    self._scan(top)
                    break

    def _scan(self, top):
        for folder, names, _ in os.walk(top):
            depth = folder[len(top):].count("/")
            if depth > 5:
                names.clear()
                continue
            for name in list(names):
                if name.startswith("pod") and len(name) > 30:
                    names.remove(name)
                    self._read(os.path.join(folder, name), name[3:].replace("_", "-").removesuffix(".slice"))

    def _read(self, folder, uid):
        found = {}  # the two files may lie in two hierarchies
        with contextlib.suppress(OSError):
            found["cpu"] = int(open(folder + "/cpuacct.usage").read()) / 1e9
        with contextlib.suppress(OSError):
            for stat in [folder + "/cpu.stat", *(os.path.join(folder, entry, "cpu.stat") for entry in os.listdir(folder))]:
                if os.path.exists(stat):
                    fields = dict(line.split() for line in open(stat))
                    found["throttled"] = max(found.get("throttled", 0.0), int(fields.get("throttled_time", 0)) / 1e9)
        known = self.pods.setdefault(uid, {"cpu": 0.0, "throttled": 0.0})
        for what, value in found.items():
            known[what] = max(known[what], value)

    def stop(self):
        self.stopped.set()
        self.join(5)
