"""What is measured on a fast box: everything but pods that really run."""
import contextlib
import http.client
import json
import os
import random
import socket
import threading
import time
from datetime import datetime
from pathlib import Path

from fill import fill_cluster, fill_database
from kube import Api, Events, Watch, condition
from measure import Figure, median, percentile, shown, spread
from souk import Box, Soukd, expect

STORES = 10_000
STEPS = ("namespace", "fence", "secrets", "release", "data", "setup", "workloads", "route", "checks", "ready")


def seconds_of(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def make_ready(soukd, name, engine="tiny", limit=120):
    """Creates a store and waits: (seconds from the request to Ready by soukd's clock, the store)."""
    asked = time.time()
    store = soukd.create(name, engine)
    store = soukd.wait_phase(store, "Ready", limit)
    return seconds_of(store["ready_at"]) - asked, store


def step_times(stores):
    """The median time of every step, the order kept: `namespace 0.02, fence 0.10, ...`."""
    times = {name: [] for name in STEPS}
    for store in stores:
        for step in store["progress"]["steps"]:
            if step["started"] and step["ended"]:
                times[step["name"]].append(seconds_of(step["ended"]) - seconds_of(step["started"]))
    return ", ".join(f"{name} {median(values):.2f}" for name, values in times.items() if values)


def memory_of(process):
    """(resident now, most ever resident) in MiB"""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{process.pid}/status").read_text().splitlines())
    return tuple(int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))


def cpu_of(process):
    """Seconds of processor time that it used itself, and that its ended children used."""
    ticks = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return tuple((int(ticks[a]) + int(ticks[b])) / os.sysconf("SC_CLK_TCK") for a, b in ((11, 12), (13, 14)))


class FastWorld:
    """One fast box for all parts that want one, begun when the first asks."""

    def __init__(self, name, folder, program):
        self.name, self.folder, self.program = name, Path(folder), program
        self.stack = contextlib.ExitStack()
        self.box = None
        self.soukd = None

    def begin(self):
        if self.box is None:
            self.box = self.stack.enter_context(Box(self.name))
            self.api = Api(self.box)
        return self

    def make(self, name):
        return Soukd(self.box, self.folder / name, program=self.program)

    def living(self):
        """The soukd that several parts share."""
        self.begin()
        if self.soukd is None:
            self.soukd = self.make("shared").start()
        return self.soukd

    def close(self):
        with contextlib.suppress(AssertionError):
            if self.soukd:
                self.soukd.stop()
        self.stack.close()


def ready_fast(world, samples):
    soukd = world.living()
    times, stores = [], []
    for number in range(samples):
        taken, store = make_ready(soukd, f"Fast {number}")
        times.append(taken)
        stores.append(store)
    profile = f"Seconds by step, medians: {step_times(stores)}."
    return [Figure("ready-fast", "Create to Ready, tiny, fast box (median)", median(times), "s", n=samples, details=spread(times, "s"))], profile


class Change:
    """One change of a pod's readiness on its way: seen by our own watch of pods, of Deployments, and told by Souk."""

    def __init__(self, store, ready):
        self.store, self.ready = store, ready
        self.pod = self.workload = self.told = None
        self.done = threading.Event()


def events(world, samples):
    soukd = world.living()
    stores = []
    for number in range(4):
        stores.append(make_ready(soukd, f"Watched {number}")[1])
    pods = {}
    for store in stores:
        found = world.api.request("GET", f"/api/v1/namespaces/{store['namespace']}/pods?labelSelector=app.kubernetes.io%2Fcomponent%3Dweb")
        pods[store["id"]] = found["items"][0]["metadata"]["name"]
    time.sleep(12)  # soukd trusts its cache again some seconds after its own last change
    now = [None]

    def finish(change):
        if change.pod and change.told:
            change.done.set()

    def pod_seen(at, _, item):
        change = now[0]
        if change and not change.pod and item["metadata"]["name"] == pods[change.store["id"]] and \
                (condition(item, "Ready") == "True") == change.ready:
            change.pod = at
            finish(change)

    def workload_seen(at, _, item):
        change = now[0]
        if change and not change.workload and item["metadata"]["namespace"] == change.store["namespace"] and \
                (item["status"].get("availableReplicas", 0) > 0) == change.ready:
            change.workload = at

    def told(at, event):
        change = now[0]
        if change and not change.told and event["store_id"] == change.store["id"] and event["type"] == "store.phase" and \
                event["phase"] == ("Ready" if change.ready else "Degraded"):
            change.told = at
            finish(change)

    changes, chance, late = [], random.Random(4), 0
    with contextlib.ExitStack() as stack:
        for watch in (Watch(world.api, "/api/v1/pods", pod_seen), Watch(world.api, "/apis/apps/v1/deployments", workload_seen),
                      Events(soukd, told)):
            stack.callback(watch.close)
        end = time.monotonic() + 0.6 * samples + 60
        while len(changes) < samples and time.monotonic() < end:
            for store in stores:
                for ready in (False, True):
                    now[0] = change = Change(store, ready)
                    world.api.set_pod_ready(store["namespace"], pods[store["id"]], ready)
                    if not change.done.wait(10):
                        late += 1
                        change.pod = change.pod or time.monotonic() - 10
                        change.told = time.monotonic()
                    changes.append(change)
                    time.sleep(chance.uniform(0.02, 0.08))
    changes = changes[:samples]
    delays = [(change.told - change.pod) * 1000 for change in changes]
    down = [delay for delay, change in zip(delays, changes) if not change.ready]
    up = [delay for delay, change in zip(delays, changes) if change.ready]
    split = [change for change in changes if change.workload]
    cluster = [(change.workload - change.pod) * 1000 for change in split]
    souk = [(change.told - change.workload) * 1000 for change in split]
    details = f"p50 {shown(percentile(delays, 0.5))} ms, largest {shown(max(delays))} ms; {late} not told within 10 s"
    profile = (f"Milliseconds. To Degraded: {spread(down)}. To Ready, with the page fetched through the entry point first: {spread(up)}. "
               f"Pod event to the Deployment's event, which is the cluster's own share: {spread(cluster)}. "
               f"From there to the client, Souk's share: {spread(souk)}.")
    return [Figure("events", "Pod's watch event to the store's event at an SSE client (p99)", percentile(delays, 0.99), "ms", 100,
                   len(delays), details)], profile


class Client:
    """GETs over one kept connection."""

    def __init__(self, soukd):
        self.connection = http.client.HTTPConnection("127.0.0.1", soukd.port, timeout=30)
        self.connection.connect()
        self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.headers = {"Authorization": f"Bearer {soukd.token}"}

    def get(self, path):
        """(milliseconds, body)"""
        started = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        taken = (time.perf_counter() - started) * 1000
        expect(answer.status == 200, f"GET {path}: {answer.status} {body[:300]}")
        return taken, body


def list_requests(samples, chance):
    """What people do: 35 % first pages, 30 % next pages, 20 % searches, 15 % other sorts. (kind, query)"""
    searches = ["bakery", "north", "quiet%20coffee", "copper-wool", "471", "zzzz"]
    sorts = ["name", "-name", "created", "-updated"]
    for number in range(samples):
        place = number % 20
        if place < 7:
            yield "first page", ""
        elif place < 13:
            yield "next page", ""
        elif place < 17:
            yield "search", f"&search={chance.choice(searches)}"
        else:
            yield "other sort", f"&sort={chance.choice(sorts)}"


def measure_list(soukd, samples):
    """(milliseconds of each page, bytes of a page, profile)"""
    client, chance = Client(soukd), random.Random(5)
    for _ in range(50):
        client.get("/api/v1/stores?page_size=50")
    times, token, size, used = {}, "", 0, cpu_of(soukd.process)[0]
    for kind, query in list_requests(samples, chance):
        page = f"&page_token={token}" if kind == "next page" and token else ""
        taken, body = client.get(f"/api/v1/stores?page_size=50{query}{page}")
        times.setdefault(kind, []).append(taken)
        document = json.loads(body)
        expect(document["stores"] or kind == "search", f"no store for {query}")
        if kind in ("first page", "next page"):
            token, size = document["next_page_token"], len(body)
    every = [taken for many in times.values() for taken in many]
    kinds = "; ".join(f"{kind}: {spread(many)}" for kind, many in times.items())
    used = (cpu_of(soukd.process)[0] - used) * 1000 / len(every)
    return every, size, f"Milliseconds at the client. {kinds}. soukd uses {shown(used)} ms of processor time a page."


def filled(world, name, objects):
    """A soukd that does not run yet, with 10,000 stores. (soukd, what there is)"""
    soukd = world.begin().make(name).start()
    _, model = make_ready(soukd, "Bench model")
    soukd.stop()
    stores, rows = fill_database(soukd.folder / "souk.db", model["id"], STORES)
    there = f"{stores} stores, {rows} events"
    if objects:
        there += f", {fill_cluster(world.box, world.api, model, STORES)} objects in the cluster"
    return soukd, there


def settle(soukd, most):
    """Waits until the resident memory has not grown for 8 seconds, `most` seconds at most. Seconds until it was at rest."""
    started = since = time.monotonic()
    last = 0.0
    while time.monotonic() - since < 8 and time.monotonic() - started < most:
        resident = memory_of(soukd.process)[0]
        if resident > last + 0.5:
            last, since = resident, time.monotonic()
        time.sleep(0.5)
    return since - started


def list_page(world, samples):
    soukd, there = filled(world, "list", objects=False)
    with soukd:
        every, size, profile = measure_list(soukd, samples)
    return [Figure("list", "Page of 50 in a list of 10,000 stores (p99)", percentile(every, 0.99), "ms", 10, len(every),
                   f"p50 {shown(percentile(every, 0.5))} ms, largest {shown(max(every))} ms; a page is {size // 1024} KiB; {there}")], profile


def memory(world, samples):
    idle = world.begin().make("idle")
    with idle:
        settle(idle, 60)
        resident, _ = memory_of(idle.process)
    figures = [Figure("memory-idle", "Resident memory of soukd, no store", resident, "MiB", 40, details="settings as they come")]
    soukd, there = filled(world, "memory", objects=True)
    with soukd:
        rested = settle(soukd, 180)
        before, peak = memory_of(soukd.process)
        listed, _, _ = measure_list(soukd, min(samples, 400))
        after, _ = memory_of(soukd.process)
        profile = (f"At rest after the start {shown(before)} MiB ({rested:.0f} s after it said it was ready), at most {shown(peak)} MiB meanwhile; "
                   f"after {len(listed)} pages of 50: {shown(after)} MiB; milliseconds of a page: {spread(listed)}.")
    figures.append(Figure("memory-full", "Resident memory of soukd, 10,000 stores", max(before, after), "MiB", 150, details=there))
    return figures, profile
