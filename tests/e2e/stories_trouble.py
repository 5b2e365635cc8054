"""Stores in trouble: their own faults, a foreign or dying namespace, an API server that is away, processes that are killed."""
import json
import re
import signal
import time
import urllib.parse

from souk import expect, wait_for
from stories_world import SETUP_REASON, SETUP_SENTENCE, Stream

PHASES = ("Requested", "Provisioning", "Ready", "Updating", "Suspended", "Degraded", "Failed", "Deleting")
DIES = {"debug.fault_point": "commit.create_store.after"}


def hold(box, namespace):
    """An object with a finalizer keeps a namespace Terminating."""
    box.kubectl("create", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {
        "name": "held", "namespace": namespace, "finalizers": ["souk.dev/test"]}}))


def let_go(box, namespace):
    box.kubectl("patch", "configmap", "held", "-n", namespace, "--type=merge", "-p", '{"metadata":{"finalizers":null}}')


def begin(world):
    """Stores that need a while until they fail; looked at later."""
    for engine in ("no-image", "bad-setup", "no-page", "too-big"):
        world.store(f"Broken {engine}", engine)


def failed(world, engine, reason, *words):
    store = world.soukd.wait_phase(world.store(f"Broken {engine}", engine), "Failed", 120)
    failure = store["failure"]
    expect(failure["reason"] == reason and all(word in failure["message"] for word in words), f"{failure}")
    expect(not world.helm_records(store), "a failed creation left its release")
    expect(store["urls"] and store["progress"]["step"], f"{store['progress']}")
    return store


def kept(world, store, container, words):
    """A failed store has lines of this container, or its namespace's events, with these words, although no pod is left."""
    answer = world.soukd.api("GET", f"/api/v1/stores/{store['id']}/logs", headers={"Accept": "application/json"})
    expect(answer["source"] == "kept", f"the lines are {answer['source']}")
    texts = [log["text"] for log in answer["logs"] if log["container"] == container]
    expect(any(words in text for text in texts), f"{words!r} were not kept: {answer['logs']}")


def an_image_that_cannot_be_pulled_fails_at_once(world):
    store = failed(world, "no-image", "ImagePullFailed", "tiny-web:1", "cannot be pulled")
    kept(world, store, "events", "Warning Failed: Error: ImagePullBackOff")  # its container has no line


def a_setup_says_in_its_own_words_why_it_failed(world):
    store = failed(world, "bad-setup", SETUP_REASON, SETUP_SENTENCE)
    expect(store["progress"]["step"] == "setup", f"{store['progress']}")
    kept(world, store, "setup", "hello from a pod")


def a_setup_that_failed_succeeds_in_a_retry(world):
    """The cause is removed while the retry's setup runs: the label that lets kwok fail its pod."""
    store = failed(world, "bad-setup", SETUP_REASON)
    world.retry(store)

    def running():
        pods = world.json_of("pods", "-n", store["namespace"], "-l", "app.kubernetes.io/component=setup")["items"]
        return next((p["metadata"]["name"] for p in pods if not p["metadata"].get("deletionTimestamp") and p["status"]["phase"] == "Running"), None)
    pod = wait_for("the pod of the retry's setup", running, 40, 0.05)
    world.box.kubectl("label", "pod", pod, "-n", store["namespace"], "souk.dev/test-fault-")
    world.soukd.wait_phase(store, "Ready", 60)
    world.expect_one_release(store)


def a_page_that_never_comes_fails_and_its_retry_succeeds(world):
    """The cause is removed while the retry runs: annotation of the Service."""
    store = failed(world, "no-page", "CheckFailed", "page", "500")
    expect(store["progress"]["step"] == "checks", f"{store['progress']}")
    kept(world, store, "web", "hello from a pod")
    kept(world, store, "events", "Normal Scheduled")
    world.retry(store)
    world.wait_step(store, "checks", 60)
    world.pass_page(store)
    world.soukd.wait_phase(store, "Ready", 60)
    world.expect_one_release(store)


def a_store_that_wants_more_than_its_plan_is_told_so(world):
    store = failed(world, "too-big", "QuotaExceeded", "quota")
    expect("limits.cpu" in store["failure"]["message"], f"{store['failure']}")
    kept(world, store, "events", "exceeded quota: souk-plan")  # a pod that is not made has no line


def died_at_creation(world, name, engine="tiny"):
    """soukd dies right after it accepted a store; id, namespace and slug from its database."""
    soukd = world.soukd
    try:
        soukd.request("POST", "/api/v1/stores", {"name": name, "engine": engine})
        raise AssertionError("soukd answered instead of dying")
    except OSError:
        pass
    soukd.process.wait(timeout=30)
    expect(soukd.process.returncode == -signal.SIGKILL, f"soukd ended with {soukd.process.returncode}")
    ((identity, space, slug),) = world.query("SELECT id, namespace, slug FROM stores WHERE name = ?", name)
    return {"id": identity, "namespace": space, "slug": slug, "name": name}


def make_namespace_of(world, store):
    """As soukd makes it, so that something can be in it before soukd goes on."""
    world.box.kubectl("create", "namespace", store["namespace"])
    world.box.kubectl("label", "namespace", store["namespace"], "app.kubernetes.io/managed-by=souk", f"souk.dev/store={store['id']}")


def a_quota_that_is_taken_fails_and_its_retry_succeeds(world):
    """The cause is a pod of somebody else in the store's namespace; it goes before the retry."""
    soukd, box = world.soukd, world.box
    soukd.stop()
    soukd.start(DIES)
    store = died_at_creation(world, "Crowded", "full")
    make_namespace_of(world, store)
    box.kubectl("create", "-f", "-", stdin=json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "guest", "namespace": store["namespace"]}, "spec": {
        "automountServiceAccountToken": False, "securityContext": {"runAsNonRoot": True, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [{"name": "guest", "image": "guest", "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
                        "resources": {"requests": {"cpu": "1m", "memory": "8Mi"}, "limits": {"cpu": "1500m", "memory": "8Mi"}}}]}}))
    soukd.start()
    failure = soukd.wait_phase(store, "Failed", 80)["failure"]
    expect(failure["reason"] == "QuotaExceeded" and "limits.cpu" in failure["message"], f"{failure}")
    kept(world, store, "events", "exceeded quota: souk-plan")
    box.kubectl("delete", "pod", "guest", "-n", store["namespace"], "--wait=true")
    world.retry(store)
    soukd.wait_phase(store, "Ready", 60)
    world.expect_one_release(store)
    world.stores["Crowded"] = store


def namespaces_that_are_foreign_or_dying(world):
    """A foreign one is refused and not touched, also not by the store's deletion. A dying one is waited for, visibly."""
    soukd, box = world.soukd, world.box
    soukd.stop()
    soukd.start(DIES)
    foreign = died_at_creation(world, "Foreign")
    box.kubectl("create", "namespace", foreign["namespace"])
    box.kubectl("label", "namespace", foreign["namespace"], "owner=somebody-else")
    box.kubectl("create", "configmap", "theirs", "-n", foreign["namespace"], "--from-literal=a=b")

    def state():
        space, theirs = world.json_of("namespace", foreign["namespace"]), world.json_of("configmap", "theirs", "-n", foreign["namespace"])
        meta = theirs["metadata"]
        return space["metadata"]["uid"], space["metadata"]["labels"], space["status"], meta["uid"], meta["resourceVersion"], theirs["data"]
    before = state()
    soukd.start(DIES)
    failure = soukd.wait_phase(foreign, "Failed", 40)["failure"]
    expect(failure["reason"] == "NamespaceForeign" and foreign["namespace"] in failure["message"], f"{failure}")

    dying = died_at_creation(world, "Dying")
    make_namespace_of(world, dying)
    hold(box, dying["namespace"])
    box.kubectl("delete", "namespace", dying["namespace"], "--wait=false")
    old = world.json_of("namespace", dying["namespace"])["metadata"]["uid"]
    soukd.start()
    soukd.delete(foreign, 40)
    expect(state() == before, f"the foreign namespace: {state()}, it was {before}")

    def visible():
        store = soukd.get(dying)
        expect(store["phase"] in ("Requested", "Provisioning"), f"phase {store['phase']} {store['failure']}")
        step = store["progress"]["steps"][0]
        return step["state"] == "running" and "souk.dev/test" in step["message"] and store["progress"]["step"] == "namespace"
    wait_for("the step namespace that names what it waits for", visible, 30)
    expect(any(e["reason"] == "NamespaceTerminating" for e in world.events(dying)), "no event tells of it")
    let_go(box, dying["namespace"])
    soukd.wait_phase(dying, "Ready", 60)
    expect(world.json_of("namespace", dying["namespace"])["metadata"]["uid"] != old, "the old namespace was revived")
    world.stores["Dying"] = dying
    box.kubectl("delete", "namespace", foreign["namespace"], "--wait=false")


def an_api_server_that_is_away_costs_time_only(world):
    """Six seconds at least, while stores stand in every phase a living store has (one waits in line) and, being made, in the steps namespace,
    release, setup, workloads and checks, being deleted, in remove-namespace. Nothing is lost, nothing is called failed that was not,
    all goes on by itself."""
    soukd, box = world.soukd, world.box
    soukd.stop()
    soukd.start({"limits.provisioning": "5"})  # those that are made below, so that one more has to wait
    broken = failed(world, "no-image", "ImagePullFailed")
    degraded = world.ready("Away degraded")
    world.fail_page(degraded)
    soukd.wait_phase(degraded, "Degraded", 40)
    ready = world.ready("Wobbly", "slow-back")
    asleep, updating = world.ready("Away asleep"), world.ready("Away in restart", "slow-web")
    soukd.api("POST", f"/api/v1/stores/{asleep['id']}/actions/suspend", status=202)
    soukd.wait_phase(asleep, "Suspended", 60)
    leaving = world.ready("Away in deletion")
    hold(box, leaving["namespace"])
    soukd.api("DELETE", f"/api/v1/stores/{leaving['id']}?confirm=Away%20in%20deletion")
    world.wait_step(leaving, "remove-namespace")
    waiting = {"setup": world.store("Away in setup", "slow-setup"), "workloads": world.store("Away in workloads", "slow-web"),
               "checks": world.store("Away in checks", "no-page-yet")}
    for step, store in waiting.items():
        world.wait_step(store, step)
    soukd.api("POST", f"/api/v1/stores/{updating['id']}/actions/restart", status=202)
    world.wait_step(updating, "workloads")
    installing, helm = world.helm_in_mid_install("Away in release")
    mark = world.newest_event()
    stores = [*waiting.values(), ready, asleep, updating, leaving, installing, broken, degraded]
    before = {store["id"]: soukd.get(store)["phase"] for store in stores}
    box.api_server("stop")
    try:
        down = time.monotonic()
        helm.send(signal.SIGCONT)
        newcomer = world.store("Away in namespace")
        before[newcomer["id"]] = "Provisioning"
        wait_for("the newcomer's admission", lambda: soukd.get(newcomer)["phase"] == "Provisioning", 30)
        in_line = world.store("Away in line")
        before[in_line["id"]] = "Requested"
        expect(sorted(set(before.values())) == sorted(PHASES), f"phases during the outage: {set(before.values())}")
        told, tellers = set(), {s["name"] for s in [*waiting.values(), newcomer, leaving, ready, updating, installing, degraded]}
        while time.monotonic() - down < 6 or (not tellers <= told and time.monotonic() - down < 60):  # the outage itself, until all know of it
            for store in [*stores, newcomer, in_line]:
                document = soukd.get(store)
                expect(document["phase"] == before[store["id"]], f"{store['name']} is {document['phase']} while the API server is away")
                if any(c["type"] == "ClusterReachable" and not c["status"] for c in document["conditions"]):
                    told.add(store["name"])
            time.sleep(0.3)
        expect(tellers <= told, f"unreachable was told of {told} only")
        health = soukd.api("GET", "/api/v1/health")
        expect(health["status"] == "degraded" and health["checks"]["cluster"]["status"] == "failed", f"{health}")
    finally:
        box.api_server("start")
    let_go(box, leaving["namespace"])
    world.wait_step(waiting["checks"], "checks")
    world.pass_page(waiting["checks"])
    expect(soukd.get(degraded)["phase"] == "Degraded", "the outage made a store well")
    world.pass_page(degraded)
    soukd.wait_phase(updating, "Ready", 60)
    for store in [*waiting.values(), newcomer, installing, in_line]:
        soukd.wait_phase(store, "Ready", 60)
        world.expect_one_release(store)
    expect(soukd.get(asleep)["phase"] == "Suspended", "the outage woke a suspended store")
    soukd.api("POST", f"/api/v1/stores/{asleep['id']}/actions/resume", status=202)
    soukd.wait_phase(asleep, "Ready", 60)
    soukd.wait_phase(leaving, "Deleted", 60)
    expect(not world.remains(leaving), f"left: {world.remains(leaving)}")
    world.gone("Away in deletion")
    soukd.wait_phase(degraded, "Ready", 30)
    expect(soukd.get(broken)["failure"] == broken["failure"], f"another failure than before: {soukd.get(broken)['failure']}")
    for store in [*stores, newcomer, in_line]:
        after = [e for e in world.events(store) if e["number"] > mark]
        bad = [(e["type"], e["phase"], e["reason"], e["message"]) for e in after
               if e["phase"] in {"Failed", "Degraded"} - {before[store["id"]]} or e["state"] == "failed"]
        expect(not bad, f"{store['name']}: {bad}")
    now = soukd.get(ready)
    expect(now["phase"] == "Ready" and all(c["status"] for c in now["conditions"] if c["type"] == "ClusterReachable"), f"{now['conditions']}")
    stalled = world.query("SELECT store_id, state, attempt FROM jobs WHERE state = 'stalled' OR attempt > 3")
    expect(not stalled, f"attempts were used up: {stalled}")


def a_helm_killed_in_mid_install_is_repaired(world):
    """Helm's lock `pending-install` is left behind by a SIGKILL; the store becomes Ready with one release."""
    soukd = world.soukd
    store, helm = world.helm_in_mid_install("Half a helm")
    helm.send(signal.SIGKILL)
    soukd.wait_phase(store, "Ready", 60)
    world.expect_one_release(store)
    expect(soukd.get(store)["generation"] == 1, "somebody had to help")
    untrue = [e["message"] for e in world.events(store) if e["reason"] == "ClusterUnreachable"]
    expect(not untrue, f"a killed helm was told as an API server that is away: {untrue}")


def a_deletion_does_not_wait_for_a_helm_that_hangs(world):
    """Helm is stopped with its lock taken: the deletion ends it and goes on, long before helm's own time is over."""
    soukd = world.soukd
    store, helm = world.helm_in_mid_install("Hanging helm")
    operation = soukd.get(store)["operation"]
    receipt = soukd.delete(store, 40)
    expect(not helm.alive(), "helm lives on")
    expect(receipt["completed"] and not world.remains(store), f"left: {world.remains(store)}")
    expect(soukd.api("GET", f"/api/v1/operations/{operation}")["state"] == "aborted", "the creation was not aborted")
    world.gone("Hanging helm")


def a_clean_stop_gives_the_work_back(world):
    """SIGTERM while helm runs: the job is ready again, the attempt not counted; the next soukd goes on."""
    soukd = world.soukd
    store, helm = world.held_helm("Interrupted")
    state, attempt = world.job(store)
    expect(state == "running" and attempt >= 1, f"the job is {state}, attempt {attempt}")
    stream = Stream(soukd)
    token = soukd.api("GET", "/api/v1/stores?page_size=1")["next_page_token"]
    started = time.monotonic()
    soukd.stop()
    expect(time.monotonic() - started < 20, "the stop took its time")
    expect(stream.ended.wait(20), "the stream was left open")
    expect(not helm.alive(), "helm outlived soukd")
    state, after = world.job(store)
    expect((state, after) == ("ready", attempt - 1), f"the job is {state}, attempt {after}, it was {attempt}")
    expect(not world.query("SELECT id FROM jobs WHERE state = 'running'"), "a job was not given back")
    soukd.start()
    soukd.api("GET", f"/api/v1/stores?page_size=1&page_token={urllib.parse.quote(token)}")  # a list goes on after a restart
    soukd.wait_phase(store, "Ready", 60)
    world.expect_one_release(store)


def no_sanitizer_spoke(world):
    text = world.soukd.log_path.read_text(errors="replace")
    expect('"soukd is ready"' in text, "the log is not the log")
    found = re.search(r"(ERROR: (Address|Leak|Thread)Sanitizer|runtime error: |SUMMARY: )[^\n]*", text)
    expect(not found, f"{found and found[0]}")
