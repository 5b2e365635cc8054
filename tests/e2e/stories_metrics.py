"""Metrics say what happened: engines, routes and jobs of their own, so that nothing else is in the figures."""
import re
from datetime import datetime

from souk import expect, wait_for
from helm_child import HelmChild

PHASES = ["Requested", "Provisioning", "Ready", "Updating", "Degraded", "Suspended", "Failed", "Deleting", "Deleted"]
STATES = ["ready", "running", "snoozed", "stalled", "done"]
LINE = re.compile(r'([a-z_][a-z0-9_]*)(?:\{((?:\w+="[^"]*",?)*)\})? (\S+)')


class Metrics:
    """One look at /metrics: values by name and labels."""

    def __init__(self, soukd):
        status, headers, text = soukd.request("GET", "/metrics")
        expect(status == 200 and headers["Content-Type"].startswith("text/plain"), f"{status} {headers['Content-Type']}")
        self.values, self.types = {}, {}
        for line in text.splitlines():
            if line.startswith("# TYPE "):
                _, _, name, kind = line.split(" ")
                expect(name not in self.types, f"two metrics are called {name}")
                self.types[name] = kind
            elif line and not line.startswith("#"):
                match = LINE.fullmatch(line)
                expect(match, f"not a sample: {line!r}")
                series = (match[1], frozenset(re.findall(r'(\w+)="([^"]*)"', match[2] or "")))
                expect(series not in self.values, f"told twice: {line}")
                self.values[series] = float(match[3])

    def of(self, name, **labels):
        """The one value; 0 for a series that does not exist, as a graph would show it."""
        return self.values.get((name, frozenset(labels.items())), 0.0)

    def all(self, name, **labels):
        """{other labels: value} of every series with these labels."""
        wanted = set(labels.items())
        return {series - wanted: value for (metric, series), value in self.values.items() if metric == name and wanted <= series}

    def histogram(self, name, **labels):
        """(count, sum), after a look at the buckets: they rise, and the last one has everything."""
        expect(self.types.get(name) == "histogram", f"{name} is a {self.types.get(name)}")
        count, total = self.of(f"{name}_count", **labels), self.of(f"{name}_sum", **labels)
        buckets = sorted((float(dict(series)["le"]), value) for series, value in self.all(f"{name}_bucket", **labels).items())
        heights = [value for _, value in buckets]
        if count:
            expect(heights == sorted(heights) and buckets[-1] == (float("inf"), count), f"{name} {labels}: {buckets}, count {count}")
            expect(len(buckets) > 5, f"{name}: {len(buckets)} buckets")
        return count, total


def stores_by_phase(metrics, engine):
    found = {dict(series)["phase"]: value for series, value in metrics.all("souk_stores", engine=engine).items()}
    expect(not found or sorted(found) == sorted(PHASES), f"souk_stores of {engine} has only {sorted(found)}")
    return {phase: value for phase, value in found.items() if value}


def seconds_between(begin, end):
    return (datetime.fromisoformat(end.replace("Z", "+00:00")) - datetime.fromisoformat(begin.replace("Z", "+00:00"))).total_seconds()


def a_life_and_a_failure_are_counted(world):
    """Stores by engine and phase, failures by reason, how long making and deleting took; and what became empty is 0."""
    soukd, made, removed = world.soukd, "souk_store_provisioning_duration_seconds", "souk_store_deletion_duration_seconds"
    before = Metrics(soukd)
    for engine in ("counted", "counted-bad"):
        expect(not stores_by_phase(before, engine) and not before.all(f"{made}_count", engine=engine), f"{engine} was used before")
    good, bad = soukd.create("Counted", "counted"), soukd.create("Counted bad", "counted-bad")
    good, bad = soukd.wait_phase(good, "Ready"), soukd.wait_phase(bad, "Failed")

    def told(metrics, text):
        return wait_for(text, lambda: metrics(Metrics(soukd)), 20)
    now = told(lambda m: m.histogram(made, engine="counted")[0] == 1 and m.all("souk_store_failures_total", engine="counted-bad") and m,
               "the creation in the histogram, and the failure")
    expect(stores_by_phase(now, "counted") == {"Ready": 1} and stores_by_phase(now, "counted-bad") == {"Failed": 1}, "stores by phase")
    expect(now.types["souk_stores"] == "gauge" and now.types["souk_store_failures_total"] == "counter", f"{now.types}")
    admitted = next(e["time"] for e in world.events(good) if e["phase"] == "Provisioning")
    took, real = now.histogram(made, engine="counted")[1], seconds_between(admitted, good["ready_at"])
    expect(abs(took - real) < 0.5, f"the creation took {real} s, the metric says {took}")
    expect(now.of(f"{made}_count", engine="counted-bad") == 0, "a failed creation counts as made")
    failures = {dict(series)["reason"]: value for series, value in now.all("souk_store_failures_total", engine="counted-bad").items()}
    expect(failures == {bad["failure"]["reason"]: 1} and "ImagePullFailed" in failures, f"failures: {failures}")
    expect(not now.all("souk_store_failures_total", engine="counted"), "the good one failed")

    rows = {(engine, phase): count for engine, phase, count in world.query("SELECT engine, phase, count(*) FROM stores GROUP BY 1, 2")}
    gauges = {(dict(s)["engine"], dict(s)["phase"]): v for s, v in Metrics(soukd).all("souk_stores").items() if v}
    still = {key: count for key, count in rows.items() if key[1] not in ("Requested", "Provisioning", "Deleting", "Degraded")}
    expect(still.items() <= gauges.items() and sum(gauges.values()) == sum(rows.values()), f"gauges {gauges}, rows {rows}")

    for store in (good, bad):
        soukd.api("DELETE", f"/api/v1/stores/{store['id']}?confirm={store['name'].replace(' ', '%20')}", None, 202)
    receipts = {}
    for store in (good, bad):
        soukd.wait_phase(store, "Deleted")
        receipts[store["engine"]] = soukd.api("GET", f"/api/v1/stores/{store['id']}/receipt")
    now = told(lambda m: all(m.histogram(removed, engine=engine)[0] == 1 for engine in receipts) and m, "the deletions in the histogram")
    for engine, receipt in receipts.items():
        expect(stores_by_phase(now, engine) == {"Deleted": 1}, f"{engine}: {stores_by_phase(now, engine)}")
        took, real = now.histogram(removed, engine=engine)[1], seconds_between(receipt["requested"], receipt["completed"])
        expect(abs(took - real) < 0.5, f"the deletion took {real} s, the metric says {took}")
    expect(now.histogram(made, engine="counted")[0] == 1 and now.of("souk_store_failures_total", engine="counted-bad", reason="ImagePullFailed") == 1,
           "what had happened is counted again or forgotten")
    jobs = wait_for("jobs that are the table's rows", lambda: jobs_as_told(world), 60)
    expect(sum(jobs.values()) == world.query("SELECT count(*) FROM jobs")[0][0] and jobs["done"] >= 2, f"{jobs}")
    refused = now.all("metrics_series_refused_total")
    expect(not refused, f"series were refused: {refused}")


def jobs_as_told(world):
    """Jobs by state, when metrics and table agree; they move on between two looks."""
    jobs = {dict(series)["state"]: value for series, value in Metrics(world.soukd).all("souk_jobs", kind="store.reconcile").items()}
    expect(sorted(jobs) == sorted(STATES), f"states of jobs: {sorted(jobs)}")
    rows = dict(world.query("SELECT state, count(*) FROM jobs GROUP BY state"))
    return jobs if {state: value for state, value in jobs.items() if value} == rows else None


def requests_are_counted_by_route(world):
    """Rate, errors and duration, by the route's pattern and never by what a caller made up; and the connections to the database."""
    soukd = world.soukd
    rate, duration = "souk_http_requests_total", "souk_http_request_duration_seconds"
    store = world.ready("Wobbly", "slow-back")
    asked = [("GET", "/api/v1/plans", "/api/v1/plans", 200, {}), ("GET", "/api/v1/stores/made-up", "/api/v1/stores/{id}", 404, {}),
             ("PATCH", f"/api/v1/stores/{store['id']}", "/api/v1/stores/{id}", 428, {"body": {"name": "x"}}),
             ("GET", "/api/v1/made/up", "none", 404, {}), ("GET", "/api/v1/engines/tiny", "/api/v1/engines/{name}", 401, {"token": False})]
    Metrics(soukd)  # an exchange is counted after its last byte: what was asked for before is in the second look
    before = Metrics(soukd)
    for method, path, _, status, options in asked * 3:
        expect(soukd.request(method, path, **options)[0] == status, f"{method} {path}")

    def counted():
        now = Metrics(soukd)
        return now if all(now.of(rate, method=m, route=r, status=str(s)) - before.of(rate, method=m, route=r, status=str(s)) == 3
                          for m, _, r, s, _ in asked) else None
    now = wait_for("three more of each", counted, 30)
    for route in {route for _, _, route, _, _ in asked}:
        more = now.histogram(duration, route=route)[0] - before.histogram(duration, route=route)[0]
        expect(more == 3 * sum(route == r for _, _, r, _, _ in asked), f"{route}: {more} more durations")
        expect(now.histogram(duration, route=route)[1] > before.histogram(duration, route=route)[1], f"{route} took no time")
    routes = {dict(series)["route"] for series in now.all(rate)}
    expect(routes <= {path for _, path, _ in soukd.contract.paths} | {"none"}, f"a route of nobody: {routes}")
    for pool in ("read", "write"):
        in_use, idle = (now.of("souk_database_connections", pool=pool, state=state) for state in ("in_use", "idle"))
        most = now.of("souk_database_connections_max", pool=pool)
        expect(1 <= in_use + idle <= most and idle >= 0, f"{pool}: {in_use} in use, {idle} idle, at most {most}")
        expect(now.types["souk_database_connections"] == "gauge" and len(now.all("souk_database_connections", pool=pool)) == 2, f"{pool}")


def a_queue_that_waits_grows_old(world):
    """The only worker is held by a helm that hangs: the next store's job waits, visibly; then the queue is empty again."""
    soukd, age = world.soukd, "souk_queue_oldest_ready_seconds"
    soukd.stop()
    soukd.start({"jobs.workers": "1"})
    held, helm = world.held_helm("Holds the worker")
    waits = world.store("Waits for the worker")
    first = wait_for("an age of more than a second", lambda: (m := Metrics(soukd)).of(age) > 1 and m, 20)
    expect(first.of("souk_jobs", kind="store.reconcile", state="running") == 1, "who is running?")
    expect(first.of("souk_jobs", kind="store.reconcile", state="ready") >= 1, "nothing waits")
    expect(soukd.get(waits)["phase"] == "Requested", "it does not wait")
    later = wait_for("a greater age", lambda: (m := Metrics(soukd)).of(age) > first.of(age) + 0.5 and m, 20)
    health = soukd.api("GET", "/api/v1/health")["checks"]["queue"]
    expect(health["oldest_ready_seconds"] >= later.of(age) and health["jobs"]["running"] == 1, f"health tells another queue: {health}")
    HelmChild.thaw_all()
    soukd.wait_phase(held, "Ready", 60)
    soukd.wait_phase(waits, "Ready", 60)
    expect(not helm.alive(), "helm lives on")
    soukd.stop()
    soukd.start()  # on a busy machine one worker alone may never catch up with the looks at all the stores
    wait_for("a young queue", lambda: Metrics(soukd).of(age) < 1, 60)
