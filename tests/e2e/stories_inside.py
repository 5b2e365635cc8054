"""What people see of a store's inside and of the platform: dry run, resources, usage, stats, filtered events."""
import json
import urllib.parse

import metrics_api
from souk import expect, wait_for
from stories_cli import Cli
from stories_world import Stream, problem


def a_dry_run_says_what_a_creation_then_makes(world):
    soukd = world.soukd
    before = world.newest_event()
    body = {"name": "Dry Run", "engine": "with-data", "plan": "starter"}
    said = soukd.api("POST", "/api/v1/stores?validate_only=true", body, 200)
    expect(said["slug"] == "dry-run" and said["urls"]["storefront"].startswith("http://dry-run."), f"{said}")
    expect(world.newest_event() == before and not soukd.api("GET", "/api/v1/stores?search=Dry")["stores"], "a dry run made something")
    expect(Cli(world).is_a("Validation", Cli(world).json("create", "Dry Run", "-e", "with-data", "--dry-run")) == said, "souk says something else")
    store = world.ready("Dry Run", "with-data")
    expect((store["slug"], store["hosts"], store["urls"]) == (said["slug"], said["hosts"], said["urls"]), f"{store} is not {said}")
    made = {(line["kind"], line["name"]) for line in soukd.api("GET", f"/api/v1/stores/{store['id']}/resources")["resources"]}
    for one in said["makes"]:
        named = one["name"] and one["kind"] not in ("Release", "Namespace")
        expect(not named or (one["kind"], one["name"]) in made, f"{one} was not made")
    problem(soukd.request("POST", "/api/v1/stores?validate_only=true", body), 409, "name_taken", "a taken name")


def the_objects_of_a_store_are_a_tree_without_secrets(world):
    """All that the cluster has, each with its health; one object with its events; a pod that cannot start is told up to its root."""
    soukd = world.soukd
    store = world.ready("Dry Run", "with-data")
    base = f"/api/v1/stores/{store['id']}/resources"
    found = {f"{one['kind']}/{one['name']}": one for one in soukd.api("GET", base)["resources"]}
    for item in world.box.objects("pods,deployments,statefulsets,services,ingresses,persistentvolumeclaims,jobs,rolebindings", f"souk.dev/store={store['id']}"):
        key = f"{item['kind']}/{item['metadata']['name']}"
        expect(key in found, f"{key} is not shown: {sorted(found)}")
    for key, one in found.items():
        expect(one["parent"] is None or one["parent"] in found, f"{key} hangs on {one['parent']}")
        expect(one["health"] == "healthy", f"{key} of a Ready store is {one}")
    pods = [one for one in found.values() if one["kind"] == "Pod"]
    expect({found[pod["parent"]]["kind"] for pod in pods} >= {"ReplicaSet", "StatefulSet"}, f"the parents of {pods}")
    claim = next(one for one in found.values() if one["kind"] == "PersistentVolumeClaim")
    expect(claim["parent"].startswith("StatefulSet/"), f"{claim}")

    for one in found.values():
        detail = soukd.api("GET", f"{base}/{one['kind']}/{one['name']}")
        text = json.dumps(detail["object"])
        expect(detail["object"]["metadata"]["name"] == one["name"] and "managedFields" not in text, f"{one['kind']}: {text[:300]}")
        if one["kind"] == "Secret":
            expect(detail["object"]["keys"] and "data" not in detail["object"], f"{text[:300]}")
    admin = soukd.api("GET", f"{base}/Secret/souk-admin")["object"]["keys"]
    expect(sorted(admin) == ["password", "username"], f"{admin}")
    workload = next(one for one in found.values() if one["kind"] == "Deployment")
    events = soukd.api("GET", f"{base}/Deployment/{workload['name']}")["events"]
    expect(any(event["reason"] == "ScalingReplicaSet" for event in events), f"{events}")
    for path in ("Pod/nobody", "Node/x", "Secret/..%2Fx"):
        problem(soukd.request("GET", f"{base}/{path}"), 404, "resource_not_found", path)

    cli = Cli(world)
    expect({f"{one['kind']}/{one['name']}" for one in cli.both("resources", store["slug"])["resources"]} == set(found), "souk shows others")
    shown = cli.text("resources", store["slug"])
    expect("\n  ReplicaSet/" in shown and "healthy" in shown, shown)

    # One that stays: of a creation that fails nothing is left a moment later.
    broken = world.ready("Unpullable")
    fault = {"spec": {"template": {"metadata": {"labels": {"souk.dev/test-fault": "image-pull"}}}}}
    world.box.kubectl("patch", "deployment", f"{broken['slug']}-web", "-n", broken["namespace"], "-p", json.dumps(fault))

    def degraded():
        seen = soukd.api("GET", f"/api/v1/stores/{broken['id']}/resources")["resources"]
        return [one for one in seen if one["kind"] == "Deployment" and one["health"] == "degraded"]
    blamed = wait_for("the blame at the root", degraded, 60)
    expect("Image" in blamed[0]["reason"] and "Pod " in blamed[0]["message"], f"{blamed}")


def usage_is_measured_where_it_can_be(world):
    """Without a metrics API nothing fails; with one there are numbers against the plan, and samples are kept."""
    soukd, cli = world.soukd, Cli(world)
    store = world.ready("Dry Run", "with-data")
    path = f"/api/v1/stores/{store['id']}/usage"
    nothing = soukd.api("GET", path)
    expect(nothing["now"] is None and nothing["samples"] == [], f"without a metrics API: {nothing}")
    expect(nothing["quota"]["limits_cpu_millicores"] == 3000 and nothing["quota"]["storage_bytes"] == 10 << 30, f"{nothing['quota']}")
    with metrics_api.metrics_api(world.box):
        pods = world.box.objects("pods", f"souk.dev/store={store['id']}")
        for pod in pods:
            metrics_api.measure(world.box, pod, "1500000n", "10Mi")
        seen = wait_for("a measurement", lambda: (u := soukd.api("GET", path))["now"] and len(u["now"]["pods"]) == len(pods) and u, 30)
        now = seen["now"]
        expect(now["cpu_millicores"] == 2 * len(pods) and now["memory_bytes"] == len(pods) * 10 << 20, f"{now}")
        expect(now["storage_bytes"] > 0 and now["time"] == "2026-11-21T09:30:00.000Z", f"{now}")
        whole = {name: now[name] for name in ("cpu_millicores", "memory_bytes", "storage_bytes")}
        wait_for("a sample of all pods", lambda: any(whole.items() <= sample.items() for sample in soukd.api("GET", path + "?range=1h")["samples"]), 30)
        used = wait_for("the sum of all", lambda: (c := soukd.api("GET", "/api/v1/stats")["capacity"])["used_memory_bytes"] and c, 30)
        expect(used["used_memory_bytes"] >= now["memory_bytes"] and used["pods"] >= len(pods), f"{used}")
        shown = cli.text("usage", store["slug"])
        expect("3000m" in shown and pods[0]["metadata"]["name"] in shown, shown)
        cli.is_a("Usage", cli.json("usage", store["slug"]))
    wait_for("usage without the metrics API", lambda: soukd.api("GET", path)["now"] is None, 30)
    for wrong in ("2d", ""):
        status, _, document = soukd.request("GET", f"{path}?range={wrong}")
        expect((status == 400) == bool(wrong), f"range={wrong!r}: {status} {document}")


def stats_count_what_happened(world):
    soukd = world.soukd
    store = world.ready("Dry Run", "with-data")
    stats = soukd.api("GET", "/api/v1/stats?days=1")
    listed = soukd.api("GET", "/api/v1/stores?page_size=1000")["stores"]
    expect(sum(stats["phases"].values()) == len(listed) == sum(one["stores"] for one in stats["engines"]), f"{stats['phases']} of {len(listed)}")
    times = next(one for one in stats["creations"] if one["engine"] == "with-data")
    expect(0 < times["median_seconds"] <= times["p95_seconds"] and times["count"] >= 1, f"{times}")
    expect({"release", "data", "checks"} <= {step["step"] for step in times["steps"]}, f"{times}")
    own = next(one for one in stats["history"] if one["store_id"] == store["id"])
    expect(own["ready_at"] == store["ready_at"], f"{own} of {store['ready_at']}")
    expect(stats["workers"]["total"] == 4 and stats["queue"]["snoozed"] >= 1, f"{stats['workers']} {stats['queue']}")
    expect(stats["capacity"]["requests_cpu_millicores"] >= 1000 * len(listed), f"{stats['capacity']}")


def events_are_found_by_store_type_and_time(world):
    soukd = world.soukd
    store = world.ready("Dry Run", "with-data")
    own = world.events(store)
    asked = urllib.parse.urlencode([("store", store["slug"]), ("type", "store.ready"), ("type", "store.phase"), ("order", "asc"), ("page_size", "100")])
    found = soukd.api("GET", f"/api/v1/events?{asked}")["events"]
    expect(found == [event for event in own if event["type"] in ("store.ready", "store.phase")], f"{found}")
    middle = own[len(own) // 2]["time"]
    early = soukd.api("GET", f"/api/v1/stores/{store['id']}/events?page_size=500&until={middle}")["events"]
    late = soukd.api("GET", f"/api/v1/stores/{store['id']}/events?page_size=500&since={middle}")["events"]
    expect(len(early) + len(late) == len(own) and early and late, f"{len(early)} and {len(late)} of {len(own)}")
    stream = Stream(soukd, f"/api/v1/events?store={store['slug']}&type=store.ready", last_id=0)
    wait_for("the event", lambda: stream.events, 20, 0.02)
    stream.close()
    expect({event["type"] for _, _, event in stream.events} == {"store.ready"} and len(stream.of(store)) == len(stream.events), f"{stream.events}")
    made = soukd.api("GET", f"/api/v1/operations?kind=store.create&store={store['id']}")["operations"]
    expect([one["kind"] for one in made] == ["store.create"], f"{made}")
    expect(soukd.api("GET", f"/api/v1/operations?kind=store.delete&store={store['id']}")["operations"] == [], "a deletion")
