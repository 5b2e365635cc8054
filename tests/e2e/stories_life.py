"""How stores live: creation, many at once, pods that go away, cancel, retry, rename, the same request twice."""
from souk import at_address, expect, expect_closed, wait_for
from stories_world import STEPS, Stream, problem


def told_in_order(told, order, what):
    """`told` mentions steps of `order`; the first mentions come in its order."""
    first = list(dict.fromkeys(told))
    expect(first == [step for step in order if step in first], f"{what} in the order {first}")
    return first


def expect_steps_done(world, store, order):
    steps = world.soukd.api("GET", f"/api/v1/stores/{store['id']}/steps")["steps"]
    expect([step["name"] for step in steps] == order, f"steps: {[step['name'] for step in steps]}")
    ended = ""
    for step in steps:
        expect(step["state"] == "done" and step["started"] <= step["ended"] and step["ended"] >= ended, f"step: {step}")
        ended = step["ended"]


def a_life_from_creation_to_receipt(world):
    """Every step is told over REST and SSE, a cut stream misses nothing, the receipt is complete, the cluster is as before."""
    soukd = world.soukd
    stream = Stream(soukd)
    store = soukd.create("Green Tea", "with-data")
    wait_for("the step release over SSE", lambda: any(e["step"] == "release" for e in stream.of(store)), 60, 0.02)
    stream.close()
    first = [event for event in stream.events if event[0] is not None]
    soukd.wait_phase(store, "Ready")
    newest = world.events(store)[-1]["number"]
    resumed = Stream(soukd, last_id=first[-1][0])
    wait_for("the rest over SSE", lambda: any(e["number"] == newest for e in resumed.of(store)), 20, 0.02)
    resumed.close()

    streamed = [data for _, _, data in first + resumed.events if data.get("store_id") == store["id"] and data["number"] <= newest]
    kept = [event for event in world.events(store) if event["number"] <= newest]
    expect(streamed == kept, f"SSE told {[e['number'] for e in streamed]}, kept are {[e['number'] for e in kept]}")
    expect([e["store_seq"] for e in kept] == list(range(1, len(kept) + 1)), "store_seq has a gap")
    told = told_in_order([e["step"] for e in kept if e["step"]], STEPS, "steps were told")
    expect({"namespace", "fence", "secrets", "release", "data", "route", "checks", "ready"} <= set(told), f"told were only {told}")
    expect_steps_done(world, store, STEPS)
    phases = list(dict.fromkeys(e["phase"] for e in kept))
    expect(phases == ["Requested", "Provisioning", "Ready"], f"phases: {phases}")
    operations = soukd.api("GET", f"/api/v1/operations?store={store['id']}")["operations"]
    expect([(o["kind"], o["state"], o["progress"]["percent"]) for o in operations] == [("store.create", "succeeded", 100)], f"{operations}")

    store = soukd.get(store)
    objects = world.box.objects("pods,services,persistentvolumeclaims", f"souk.dev/store={store['id']}")
    expect({item["kind"] for item in objects} >= {"Pod", "Service", "PersistentVolumeClaim"}, "the scan would find nothing anyway")
    problem(soukd.request("DELETE", f"/api/v1/stores/{store['id']}?confirm=Green"), 422, "confirmation_needed", "a wrong confirmation")
    receipt = soukd.delete(store)
    expect(receipt["completed"] and all(line["gone"] for line in receipt["lines"]), f"receipt: {receipt}")
    listed = {(line["kind"], line["name"]) for line in receipt["lines"]}
    kinds = {kind for kind, _ in listed}
    expect({"Namespace", "Pod", "Service", "Deployment", "StatefulSet", "PersistentVolumeClaim", "PersistentVolume", "Secret", "Ingress"} <= kinds,
           f"the receipt knows only {sorted(kinds)}")
    for item in objects:
        expect((item["kind"], item["metadata"]["name"]) in listed, f"not in the receipt: {item['kind']} {item['metadata']['name']}")
    expect(not world.remains(store), f"left: {world.remains(store)}")
    gone = problem(soukd.request("GET", f"/api/v1/stores/{store['id']}"), 410, "store_deleted", "a deleted store")
    expect(gone["receipt"] == f"/api/v1/stores/{store['id']}/receipt", f"{gone}")
    expect_steps_done(world, store, ["unroute", "uninstall", "remove-namespace", "scan"])
    again = world.store("Green Tea")
    expect(again["slug"] == store["slug"] and again["id"] != store["id"] and again["namespace"] != store["namespace"], f"{again}")


def three_stores_at_once(world):
    """Three different stores are made and deleted side by side."""
    soukd = world.soukd
    stores = [soukd.create("Trio one"), soukd.create("Trio two", plan="standard"), soukd.create("Trio three", "with-data", "large")]
    for store in stores:
        soukd.wait_phase(store, "Ready")
    expect(len({s["namespace"] for s in stores}) == 3, "two stores share a namespace")
    for store in stores:
        world.expect_one_release(store)
    expect(world.json_of("persistentvolumeclaims", "-n", stores[2]["namespace"])["items"], "no volume was made")
    for store in stores:
        soukd.api("DELETE", f"/api/v1/stores/{store['id']}?confirm={store['name'].replace(' ', '%20')}")
    for store in stores:
        soukd.wait_phase(store, "Deleted")
        expect(soukd.api("GET", f"/api/v1/stores/{store['id']}/receipt")["completed"], "a receipt is open")
        expect(not world.remains(store), f"left: {world.remains(store)}")


def a_pod_that_goes_away_is_told(world):
    """Degraded as long as the pod is away, then Ready again, both over SSE and without anybody's help."""
    store = world.ready("Wobbly", "slow-back")
    stream = Stream(world.soukd, f"/api/v1/stores/{store['id']}/events")
    pods = f"souk.dev/store={store['id']},app.kubernetes.io/component=web"
    world.box.kubectl("delete", "pod", "-n", store["namespace"], "-l", pods, "--wait=false")

    def told():
        return [e["phase"] for e in stream.of(store) if e["type"] == "store.phase"]
    wait_for("Ready over SSE", lambda: told()[1:] and told()[-1] == "Ready", 60)
    expect(told() == ["Degraded", "Ready"], f"told: {told()}")
    stream.close()
    expect(stream.hints and all(stores == [store["id"]] for stores in stream.hints), f"hints that its objects changed: {stream.hints}")
    degraded = next(e for e in stream.of(store) if e["phase"] == "Degraded")
    expect(degraded["reason"] and degraded["message"], f"no reason: {degraded}")
    now = world.soukd.get(store)
    expect(now["phase"] == "Ready" and now["failure"] is None, f"{now['phase']} {now['failure']}")


def a_cancelled_creation_can_be_tried_again(world):
    soukd = world.soukd
    store = world.store("Second thoughts", "slowish-setup")
    world.wait_step(store, "setup")
    running = soukd.get(store)["operation"]
    problem(soukd.request("POST", f"/api/v1/stores/{store['id']}/actions/retry"), 409, "operation_running", "retry of a running creation")
    for _ in range(2):  # asking again is success
        soukd.api("POST", f"/api/v1/operations/{running}/actions/cancel", status=202)
    failed = soukd.wait_phase(store, "Failed", 40)
    expect(failed["failure"]["reason"] == "Cancelled" and failed["operation"] is None, f"{failed['failure']}")
    ended = soukd.api("GET", f"/api/v1/operations/{running}")
    expect(ended["done"] and ended["state"] == "failed" and ended["error"]["reason"] == "Cancelled", f"{ended}")
    expect(not world.helm_records(store), "a release is left")
    problem(soukd.request("POST", f"/api/v1/operations/{running}/actions/cancel"), 409, "not_cancellable", "cancel of what has ended")
    retried = world.retry(store)
    expect(retried["kind"] == "store.retry", f"{retried}")
    soukd.wait_phase(store, "Ready")
    expect(soukd.api("GET", f"/api/v1/operations/{retried['id']}")["state"] == "succeeded", "the retry did not succeed")
    problem(soukd.request("POST", f"/api/v1/stores/{store['id']}/actions/retry"), 409, "nothing_to_retry", "retry of a Ready store")
    world.expect_one_release(store)


def a_rename_keeps_the_address(world):
    soukd = world.soukd
    before = world.ready("Green Tea")
    path = f"/api/v1/stores/{before['id']}"
    tag = soukd.request("GET", path)[1]["ETag"]
    problem(soukd.request("PATCH", path, {"name": "Black Tea"}), 428, "precondition_required", "rename without If-Match")
    problem(soukd.request("PATCH", path, {"name": "Black Tea"}, {"If-Match": '"999.1"'}), 412, "generation_changed", "rename with another tag")
    status, headers, after = soukd.request("PATCH", path, {"name": "Black Tea"}, {"If-Match": tag})
    expect(status == 200 and after["name"] == "Black Tea" and headers["ETag"] != tag, f"{status} {after}")
    expect(all(after[k] == before[k] for k in ("id", "slug", "hosts", "namespace", "urls")), "the address changed")
    problem(soukd.request("PATCH", path, {"name": "Red Tea"}, {"If-Match": tag}), 412, "generation_changed", "rename with the old tag")
    problem(soukd.request("PATCH", path, {"name": world.ready("Wobbly", "slow-back")["name"]}, {"If-Match": headers["ETag"]}), 409, "name_taken",
            "rename to a taken name")
    expect(soukd.get(before)["name"] == "Black Tea", "a refused rename did something")


def components(world, store):
    """Those that have a pod, apart from the setup's."""
    items = world.box.objects("pods", f"souk.dev/store={store['id']}")
    return {item["metadata"]["labels"]["app.kubernetes.io/component"] for item in items} - {"setup"}


def volumes(world, store):
    return {item["metadata"]["uid"] for item in world.box.objects("persistentvolumeclaims", f"souk.dev/store={store['id']}")}


def act(world, store, action, end):
    """The ended operation of suspend, resume or restart; its phases and steps are told in order."""
    soukd, before = world.soukd, len(world.events(store))
    answer = soukd.api("POST", f"/api/v1/stores/{store['id']}/actions/{action}", status=202)
    expect((answer["operation"]["kind"], answer["store"]["phase"]) == (f"store.{action}", "Updating"), f"{answer}")
    for other in ("suspend", "resume", "restart"):
        problem(soukd.request("POST", f"/api/v1/stores/{store['id']}/actions/{other}"), 409, "operation_running", f"{other} during {action}")
    problem(soukd.request("POST", f"/api/v1/operations/{answer['operation']['id']}/actions/cancel"), 409, "not_cancellable", f"cancel of {action}")
    soukd.wait_phase(store, end, 90)
    ended = soukd.api("GET", f"/api/v1/operations/{answer['operation']['id']}")
    expect(ended["state"] == "succeeded" and ended["progress"]["percent"] == 100, f"{ended}")
    told = world.events(store)[before:]
    expect([e["phase"] for e in told if e["type"] == "store.phase"] == ["Updating", end], f"phases: {told}")
    told_in_order([e["step"] for e in told if e["step"]], [step["name"] for step in ended["progress"]["steps"]], "steps were told")
    return ended


def a_suspended_store_says_so_keeps_its_data_and_comes_back(world):
    soukd = world.soukd
    store = soukd.wait_phase(soukd.create("Siesta", "with-data"), "Ready", 90)
    path = f"/api/v1/stores/{store['id']}/actions/"
    kept, jobs = volumes(world, store), [item["metadata"]["uid"] for item in world.box.objects("jobs", f"souk.dev/store={store['id']}")]
    expect(at_address(store)[0] == 200 and kept and jobs, "the shop does not run")
    problem(soukd.request("POST", path + "resume"), 409, "wrong_phase", "resume of a Ready store")

    act(world, store, "suspend", "Suspended")
    for method, at in (("GET", "/"), ("GET", "/some/where?else=1"), ("POST", "/")):
        expect_closed(store, at, method)
    expect(components(world, store) == {"closed"}, f"pods of {components(world, store)}")
    for action in ("suspend", "restart", "retry"):
        problem(soukd.request("POST", path + action), 409, "nothing_to_retry" if action == "retry" else "wrong_phase", f"{action} of a suspended store")
    told = len(world.events(store))
    world.box.kubectl("scale", "-n", store["namespace"], f"deployment/{store['slug']}-web", "--replicas=1")
    wait_for("what was started by hand to be said", lambda: any(e["reason"] == "StartedByHand" for e in world.events(store)[told:]), 30)
    wait_for("it rests again", lambda: components(world, store) == {"closed"} and
             any(c["type"] == "Available" and c["reason"] == "Suspended" for c in soukd.get(store)["conditions"]), 30)
    expect(soukd.get(store)["phase"] == "Suspended", "it left Suspended by itself")
    expect_closed(store)

    act(world, store, "resume", "Ready")
    expect(at_address(store)[0] == 200 and components(world, store) == {"data", "web"}, f"pods of {components(world, store)}")
    expect(volumes(world, store) == kept, "its volumes are others")
    expect([item["metadata"]["uid"] for item in world.box.objects("jobs", f"souk.dev/store={store['id']}")] == jobs, "setup was run again")
    soukd.api("POST", path + "suspend", status=202)
    wait_for("a suspension in its middle", lambda: soukd.get(store)["phase"] == "Updating", 10, 0.01)
    expect(soukd.delete(store)["completed"], "deletion from the middle of a suspension")
    expect(not world.remains(store), f"left: {world.remains(store)}")


def a_restart_gives_new_pods_to_all_but_the_data(world):
    soukd = world.soukd
    store = soukd.wait_phase(soukd.create("Refresh", "with-data"), "Ready", 90)

    def pods(component):
        found = world.box.objects("pods", f"souk.dev/store={store['id']},app.kubernetes.io/component={component}")
        return {item["metadata"]["uid"] for item in found if "deletionTimestamp" not in item["metadata"]}
    before = {part: pods(part) for part in ("data", "web")}
    act(world, store, "restart", "Ready")
    expect(pods("data") == before["data"], "the data was restarted")
    expect(pods("web") and not pods("web") & before["web"], "the page's pods are the old ones")
    expect(at_address(store)[0] == 200, "it does not answer")
    act(world, store, "suspend", "Suspended")
    soukd.delete(store)
    expect(not world.remains(store), f"left: {world.remains(store)}")


def the_same_request_twice_makes_one_store(world):
    soukd = world.soukd
    body, key = {"name": "Once", "engine": "tiny"}, {"Idempotency-Key": "once-1"}
    status, headers, first = soukd.request("POST", "/api/v1/stores", body, key)
    expect(status == 202 and "Idempotency-Replayed" not in headers, f"{status} {first}")
    status, again, second = soukd.request("POST", "/api/v1/stores", body, key)
    expect(status == 202 and again["Idempotency-Replayed"] == "true" and second == first, f"{status} {second}")
    expect(again["Location"] == headers["Location"], "another operation")
    problem(soukd.request("POST", "/api/v1/stores", {**body, "name": "Twice"}, key), 422, "idempotency_key_reused", "another body, same key")
    problem(soukd.request("POST", "/api/v1/stores", body, {"Idempotency-Key": "once-2"}), 409, "name_taken", "the same body, another key")
    names = [s["name"] for s in soukd.api("GET", "/api/v1/stores?page_size=1000")["stores"]]
    expect(names.count("Once") == 1 and "Twice" not in names, f"{names}")
    world.stores["Once"] = first["store"]
    soukd.wait_phase(first["store"], "Ready")
