"""What is measured on a real box: stores whose pods run. Needs root on Debian 12 (cluster/README.md)."""
import concurrent.futures
import contextlib
import json
import os
import re
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

from engine_copies import engine
from fast_parts import cpu_of, make_ready, seconds_of, step_times
from kube import Api, CgroupTimes, Events, PodTimes, Watch
from measure import Figure, median, shown, spread
from souk import ROOT, Box, Soukd, expect, wait_for

PATIENCE = 600  # seconds that a setup Job may wait and run among a hundred
AT_ONCE = 4  # helm processes of the bare loop
TOGETHER = {"limits.provisioning": "100", "limits.provisioning_per_team": "100", "jobs.workers": "8"}
ENGINES = {"tiny": ("tests/engines/tiny", None, 120), "medusa": ("engines/medusa", 25, 500)}  # images, aim, patience
ARCHIVE = os.environ.get("WOOCOMMERCE_ARCHIVE")
if ARCHIVE:
    ENGINES["woocommerce"] = ("engines/woocommerce", None, 920)


class RealWorld:
    """One real box for all parts that want one, with the images loaded."""

    def __init__(self, name, folder, program):
        self.name, self.folder, self.program = name, Path(folder), program
        self.stack = contextlib.ExitStack()
        self.box = None

    def begin(self, *folders):
        if self.box is None:
            archives = subprocess.run([str(ROOT / "tools/images/all"), *folders], check=True, stdout=subprocess.PIPE, text=True, timeout=1800)
            self.box = self.stack.enter_context(Box(self.name, fast=False))
            self.box.load(*archives.stdout.split())
            self.api = Api(self.box)
        return self

    def make(self, name, settings=None, engines=None):
        return Soukd(self.box, self.folder / name, engines=engines, program=self.program, settings=settings)

    def patient_engine(self):
        """The tiny engine with deadlines for a hundred at once: they wait for each other, and a Job's own deadline counts that."""
        folder = self.folder / "engines"
        folder.mkdir(parents=True)
        engine(folder, "tiny", deadline="900s", resources=[("\nvalues:\n", f"\nvalues:\n  setup: {{deadlineSeconds: {PATIENCE}}}\n")])
        return [str(folder)]

    def close(self):
        self.stack.close()


def remove(soukd, store):
    soukd.api("DELETE", f"/api/v1/stores/{store['id']}?confirm={urllib.parse.quote(store['name'])}", None, 202)
    soukd.wait_phase(store, "Deleted", 240)


def marks_of(box, store):
    """What the store's programs say about their own start: {component: [(milliseconds, what)]}."""
    marks = {}
    for component in ("server", "worker", "setup"):
        text = box.kubectl("logs", "-n", store["namespace"], "-l", f"app.kubernetes.io/component={component}", "--tail=-1", check=False)
        found = [json.loads(line) for line in text.splitlines() if re.match(r'\{.*"souk: .*"ms"', line)]
        if found:
            marks[component] = [(item["ms"], item["message"].removeprefix("souk: ")) for item in found]
    return marks


def pod_profile(runs):
    """For each component the medians over the runs, in seconds after the request."""
    lines = []
    for component in sorted({pod["component"] for run in runs for pod in run["pods"]}):
        pods = [(run["asked"], pod, run["cpu"].get(pod["uid"], {})) for run in runs for pod in run["pods"] if pod["component"] == component]

        def middle(what):
            values = [pod[what] - asked for asked, pod, _ in pods if what in pod]
            return f"{what} {median(values):.1f}" if values else ""
        parts = [middle(what) for what in ("made", "placed", "running", "ready", "done")]
        cpu = [f"{what} {median([used.get(what, 0.0) for _, _, used in pods]):.1f} s" for what in ("cpu", "throttled")]
        restarts = sum(pod.get("restarts", 0) for _, pod, _ in pods)
        lines.append(f"{component}: {', '.join(part for part in parts if part)}; {', '.join(cpu)}" + (f"; restarts {restarts}" if restarts else ""))
    return lines


def marks_profile(runs):
    lines = []
    for component in ("setup", "server", "worker"):
        every = [run["marks"][component] for run in runs if component in run["marks"]]
        whats = list(dict.fromkeys(what for marks in every for _, what in marks))
        shown_marks = [f"{what} {median([ms for marks in every for ms, w in marks if w == what]) / 1000:.1f}" for what in whats]
        if shown_marks:
            lines.append(f"{component} by its own clock: {', '.join(shown_marks)}")
    return lines


def ready(world, samples, quiet):
    world.begin(*(folder for folder, _, _ in ENGINES.values()))
    figures, profiles = [], []
    with world.make("ready") as soukd, contextlib.ExitStack() as stack:
        pods, cpu = PodTimes(world.api), CgroupTimes()
        stack.callback(pods.close)
        stack.callback(cpu.stop)
        cpu.start()
        for engine, (_, aim, patience) in ENGINES.items():
            times, stores, runs, first = [], [], [], len(quiet.seen)
            for number in range(samples):
                before, asked = quiet.wait(), time.monotonic()
                taken, store = make_ready(soukd, f"{engine} {number}", engine, patience)
                times.append(taken)
                stores.append(store)
                runs.append({"asked": asked, "pods": pods.of(store["namespace"]), "cpu": {uid: dict(used) for uid, used in cpu.pods.items()},
                             "marks": marks_of(world.box, store)})
                print(f"    {engine} {number + 1}: {taken:.1f} s ({before})", flush=True)
                remove(soukd, store)
            figures.append(Figure(f"ready-{engine}", f"Create to Ready, {engine}, real node (median)", median(times), "s", aim, samples,
                                  spread(times, "s") + (", limit 60 s" if engine == "medusa" else "") +
                                  f"; busy before each: {', '.join(quiet.seen[first:])}"))
            profiles += [f"{engine}, seconds by step, medians: {step_times(stores)}.",
                         "Pods, seconds after the request; CPU time used and time held back by the container's limit, until Ready:",
                         *(f"- {line}" for line in pod_profile(runs) + marks_profile(runs))]
    if not ARCHIVE:
        figures.append(Figure("ready-woocommerce", "Create to Ready, woocommerce, real node (median)", None, "s", n=0,
                              details="WOOCOMMERCE_ARCHIVE is not set"))
    return figures, "\n".join(profiles)


class AllReady:
    """When every Deployment and every Job of the given number of namespaces has done its work, by watch."""

    def __init__(self, api, count):
        self.count, self.parts, self.done, self.last = count, set(), threading.Event(), 0.0
        self.watches = [Watch(api, "/apis/apps/v1/deployments", self._deployment), Watch(api, "/apis/batch/v1/jobs", self._job)]

    def _deployment(self, now, _, item):
        if item["status"].get("availableReplicas", 0) > 0:
            self._add(now, "web", item)

    def _job(self, now, _, item):
        if item["status"].get("succeeded", 0) > 0:
            self._add(now, "setup", item)

    def _add(self, now, what, item):
        key = (what, item["metadata"]["namespace"])
        if key not in self.parts:
            self.parts.add(key)
            self.last = now
            if len(self.parts) == 2 * self.count:
                self.done.set()

    def close(self):
        for watch in self.watches:
            watch.close()


def bare_values(text, number):
    """What Souk would hand to the chart, without Souk."""
    image = re.search(r"^  web: (\S+)$", text, re.M).group(1)
    limits = {"requests": {"cpu": "1m", "memory": "8Mi"}, "limits": {"cpu": "100m", "memory": "32Mi"}}
    return {"images": {"web": image}, "resources": {"web": limits, "setup": limits},
            "setup": {"deadlineSeconds": PATIENCE},
            "souk": {"store": {"id": f"bare-{number}", "slug": f"bare-{number}", "name": f"Bare {number}", "team": "default"},
                     "engine": {"name": "tiny", "version": "1.0.0"}, "serviceAccountName": "default"}}


def bare_loop(world, count):
    """The same releases by helm alone: a namespace and `helm install`, four at a time. Seconds until all work."""
    folder = ROOT / "tests/engines/tiny"
    text = (folder / "engine.yaml").read_text()
    env = {**os.environ, "PATH": world.box.path, "KUBECONFIG": world.box.env["KUBECONFIG"], "HOME": str(world.folder)}

    def install(number):
        name = f"bare-{number}"
        for command, told in ((["kubectl", "create", "namespace", name], None),
                              (["helm", "install", name, str(folder / "chart"), "--namespace", name, "--values", "-"],
                               json.dumps(bare_values(text, number)))):
            done = subprocess.run(command, env=env, input=told, capture_output=True, text=True, timeout=120)
            expect(done.returncode == 0, f"{' '.join(command[:3])}: {done.stderr.strip()[-300:]}")

    ready_parts = AllReady(world.api, count)
    try:
        started = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(install, range(count)))
        installed = time.monotonic() - started
        expect(ready_parts.done.wait(300), f"only {len(ready_parts.parts)} of {2 * count} parts of the bare releases work")
        taken = ready_parts.last - started
    finally:
        ready_parts.close()
    return taken, installed


def create_all(soukd, count):
    """(seconds until the last is Ready by soukd's clock, the stores)"""
    ready_ids, failed, done = set(), [], threading.Event()

    def told(_, event):
        if event["phase"] == "Failed":
            failed.append(event)
            done.set()
        if event["phase"] == "Ready":
            ready_ids.add(event["store_id"])
            if len(ready_ids) == count:
                done.set()
    stream = Events(soukd, told)
    try:
        started = time.time()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            made = list(pool.map(lambda number: soukd.create(f"Hundred {number}"), range(count)))
        accepted = time.time() - started
        expect(done.wait(400) and not failed, f"{len(ready_ids)} of {count} are Ready, failed: {failed[:2]}")
    finally:
        stream.close()
    wanted = {store["id"] for store in made}
    stores = [store for store in soukd.api("GET", "/api/v1/stores?page_size=1000")["stores"] if store["id"] in wanted]
    return max(seconds_of(store["ready_at"]) for store in stores) - started, accepted, started, stores


def hundred(world, samples, quiet):
    world.begin("tests/engines/tiny")
    conditions = [quiet.wait()]
    with world.make("hundred", TOGETHER, world.patient_engine()) as soukd:
        taken, accepted, started, stores = create_all(soukd, samples)
        own, children = cpu_of(soukd.process)
        ends = sorted(seconds_of(store["ready_at"]) - started for store in stores)
    print(f"    souk: {taken:.1f} s ({conditions[0]})", flush=True)
    world.box.kubectl("delete", "namespaces", *(store["namespace"] for store in stores), "--wait=false")
    wait_for("the stores' namespaces to go", lambda: "namespace/souk-hundred" not in world.box.kubectl("get", "namespaces", "-o", "name"), 400, 2)
    conditions.append(quiet.wait())
    bare, installed = bare_loop(world, samples)
    print(f"    bare loop: {bare:.1f} s, helm alone {installed:.1f} s ({conditions[1]})", flush=True)
    profile = (f"{samples} requests accepted after {accepted:.1f} s; Ready: first {ends[0]:.1f} s, half {ends[len(ends) // 2]:.1f} s, last {ends[-1]:.1f} s. "
               f"Seconds by step, medians: {step_times(stores)}. CPU: soukd {own:.1f} s, its helm processes {children:.1f} s. "
               f"Bare loop: helm's part {installed:.1f} s, the last pod {bare:.1f} s.")
    return [Figure("hundred", f"{samples} tiny stores on a real node, all Ready", taken, "s", 60, samples,
                   "limits.provisioning=100, limits.provisioning_per_team=100, jobs.workers=8; bare helm loop in the same run: "
                   f"{shown(bare)} s"),
            Figure("hundred-ratio", "The same against a bare loop of helm, four at a time", taken / bare, "", n=1,
                   details=f"{conditions[0]} and {conditions[1]}")], profile
