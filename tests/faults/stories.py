"""The stories of the fault tests. One that has a flow runs under the flow's book: soukd dies at each place that none has died at."""
import contextlib
import functools
import http.client
import signal
import sqlite3
import time
import uuid

from hands import (break_release, cut_off_upgrade, helm_records, hold_namespace, is_mended, newest, page_answers, replicas, running, start_pods,
                   take_rights)
from helm_child import HelmChild
from souk import expect, wait_for
from world import LEASE, Mortal

RECOVERY = 180  # seconds; an idle machine needs five, a busy one much more


class Life:
    """One soukd with state of its own, and its one store."""

    def __init__(self, stage, number, name, **settings):
        self.stage, self.name = stage, f"Life {number} {name}"[:40].strip()
        self.soukd = Mortal(stage.box, stage.folder / f"life-{number}", stage.engines, **settings)
        self.keys = {verb: {"Idempotency-Key": str(uuid.uuid4())} for verb in ("create", "retry", "suspend", "resume", "restart")}
        self.store = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.soukd.end()

    # Killed everywhere.

    def through(self, flow, act, reached):
        """Act and end of a flow, with a death at every place of it; then a soukd without faults runs. The end counts when soukd rests: the
        cluster shows what a call did before soukd has its answer, and the place after the call is still to come."""
        self.soukd.stop()
        self.soukd.through({"debug.fault_book": str(self.stage.book(flow))}, act, lambda: reached() and self.rests())
        self.soukd.start()

    def rests(self):
        """No worker has a job."""
        with contextlib.closing(sqlite3.connect(f"file:{self.soukd.folder}/souk.db?mode=ro", uri=True, timeout=30)) as database:
            return database.execute("SELECT count(*) FROM jobs WHERE state = 'running'").fetchone() == (0,)

    def path(self, tail=""):
        return f"/api/v1/stores/{self.store['id']}{tail}"

    def now(self):
        """The store, {"phase": "Deleted"} for one that is gone, {} when nobody answers."""
        status, document = self.soukd.ask("GET", self.path()) or (0, {})
        return {"phase": "Deleted"} if status == 410 else document

    def is_in(self, phase):
        return lambda: self.now().get("phase") == phase

    def says(self, condition, status=True):
        return lambda: any(item["type"] == condition and item["status"] is status for item in self.now().get("conditions", []))

    def ask(self, right, *request, **options):
        """Whether the request was answered, and with one of the right statuses."""
        answered = self.soukd.ask(*request, **options)
        expect(not answered or answered[0] in right, f"{request}: {answered}")
        return answered

    def ask_create(self, engine="data"):
        answered = self.ask((202,), "POST", "/api/v1/stores", {"name": self.name, "engine": engine, "plan": "starter"},
                            headers=self.keys["create"])
        if answered:
            expect(self.store is None or self.store["id"] == answered[1]["store"]["id"], "the same key made a second store")
            self.store = answered[1]["store"]
        return answered

    def ask_retry(self):
        return self.ask((202,), "POST", self.path("/actions/retry"), headers=self.keys["retry"])

    def ask_for(self, verb):
        return lambda: self.ask((202,), "POST", self.path(f"/actions/{verb}"), headers=self.keys[verb])

    def ask_delete(self):
        return self.ask((202, 410), "DELETE", self.path(f"?confirm={self.name.replace(' ', '%20')}"))

    def first_start(self):
        self.through("start", lambda: True, lambda: True)

    def create(self, through, engine="data", phase="Ready"):
        through(lambda: self.ask_create(engine), lambda: self.is_in(phase)())
        stores = self.soukd.api("GET", "/api/v1/stores")["stores"]
        expect([item["id"] for item in stores] == [self.store["id"]], f"one store, not {[item['name'] for item in stores]}")
        expect(len(self.soukd.operations(self.store, "create")) == 1, "one creation")
        self.is_one(phase)

    def delete(self, through):
        through(self.ask_delete, self.is_in("Deleted"))
        self.is_gone()

    # Without faults.

    def make(self, engine="data", until="Ready"):
        if self.soukd.process is None:
            self.soukd.start()
        self.ask_create(engine)
        if until == "Ready":
            self.soukd.wait_phase(self.store, "Ready", RECOVERY)
        else:
            wait_for(f"step {until}", lambda: self.soukd.get(self.store)["progress"]["step"] == until, RECOVERY)

    def finish(self):
        if self.soukd.process.poll() is not None:
            self.soukd.start()
        self.delete(lambda act, reached: (act(), wait_for("the deletion", reached, RECOVERY)))

    # What must be true.

    def history(self, what, told):
        """The history of the store as soon as the watches have told it: they are behind what soukd and we read."""
        def so_far():
            now = self.stage.history.of(self.store)
            return now if told(*now) else None
        return wait_for(f"{what}, by the watches", so_far, 30)

    def is_one(self, phase="Ready", revision=1):
        """One namespace ever, one admin password ever, one release now."""
        live = self.stage.proxy.done("GET", f"/api/v1/namespaces?labelSelector=souk.dev%2Fstore%3D{self.store['id']}")["items"]
        uids = [item["metadata"]["uid"] for item in live]
        spaces, admin, _ = self.history("what there is", lambda spaces, admin, _: admin and spaces.issuperset(uids))
        expect(uids == list(spaces), f"one namespace, ever: now {len(live)}, ever {spaces}")
        expect(len(admin) == 1, f"the admin Secret had {len(admin)} versions")
        if phase == "Ready":
            records = [(item["metadata"]["name"], item["metadata"]["labels"]["status"]) for item in helm_records(self.stage.proxy, self.store)[1]]
            expect(records == [(f"sh.helm.release.v1.{self.store['slug']}.v{revision}", "deployed")], f"one release, deployed: {records}")

    def is_gone(self):
        deletions = self.soukd.operations(self.store, "delete")
        expect([item["state"] for item in deletions] == ["succeeded"], f"one deletion: {deletions}")
        receipt = self.soukd.api("GET", self.path("/receipt"))
        expect(receipt["completed"], "the receipt is complete")
        spaces, admin, _ = self.history("the end of Helm's records", lambda _, __, records: not records)
        expect(len(spaces) == 1 and len(admin) <= 1, f"namespaces ever: {spaces}, admin Secrets ever: {len(admin)}")
        status, _ = self.stage.proxy.request("GET", f"/api/v1/namespaces/{self.store['namespace']}")
        expect(status == 404, "the namespace is gone")

    def leaves_no_errors(self):
        self.soukd.stop()
        expect(not self.soukd.errors(), f"errors in the log: {self.soukd.errors()[:3]}")


def killed(flow):
    return f"killed at every place of the flow {flow}"


def story(name, **settings):
    """A generator of (check, function) over one life; its store is deleted at the end unless the story did so."""
    def decorate(function):
        @functools.wraps(function)
        def checks(stage, number):
            with Life(stage, number, name, **settings) as life:
                yield from function(life)
                if not life.is_in("Deleted")():
                    life.finish()
                life.leaves_no_errors()
        checks.name = name
        return checks
    return decorate


@story("create and delete")
def from_first_start_to_deletion(life):
    """Several of these run beside each other and share the books, so each dies at some of the places."""
    yield killed("start"), life.first_start
    yield killed("create"), lambda: life.create(functools.partial(life.through, "create"))
    yield killed("delete"), lambda: life.delete(functools.partial(life.through, "delete"))


@story("steps")
def each_step(life):
    """The name of a step's commit is the same for all steps: here each of them is the last thing a soukd does."""
    def after_each_step(at_least, act, reached):
        life.soukd.stop()
        deaths = life.soukd.through({"debug.fault_point": "commit.step.after"}, act, reached)
        expect(deaths >= at_least, f"{deaths} steps")
        life.soukd.start()
    yield "killed after each step of a creation", lambda: life.create(functools.partial(after_each_step, 6))
    yield "killed after each step of a deletion", lambda: life.delete(functools.partial(after_each_step, 3))


@story("fail and retry")
def failed_and_retried(life):
    def retry():
        life.through("retry", life.ask_retry, lambda: any(item["done"] for item in operations()))
        ended = operations()
        expect(len(ended) == 1 and ended[0]["state"] == "failed", f"one retry that failed: {ended}")
        life.is_one("Failed")

    def operations():
        answered = life.soukd.ask("GET", f"/api/v1/operations?store={life.store['id']}")
        return [item for item in answered[1]["operations"] if item["kind"] == "store.retry"] if answered else []
    yield killed("fail"), lambda: life.create(functools.partial(life.through, "fail"), "fails", "Failed")
    yield killed("retry"), retry


@story("cancel")
def cancelled(life):
    def cancel():
        life.make("slow", until="workloads")
        operation = life.soukd.operations(life.store, "create")[0]
        # 409: it ended in the meantime
        life.through("cancel", lambda: life.ask((202, 409), "POST", f"/api/v1/operations/{operation['id']}/actions/cancel"),
                     life.is_in("Failed"))
        expect(life.soukd.get(life.store)["failure"]["reason"] == "Cancelled", "it was cancelled")
        life.is_one("Failed")
    yield killed("cancel"), cancel


@story("wait", **{"limits.provisioning": "1"})
def waits_in_line(life):
    def wait():
        life.soukd.start()
        first = life.soukd.create(f"{life.name} first", "slow")
        wait_for("the first in its place", lambda: life.soukd.get(first)["phase"] == "Provisioning", 60)
        life.through("wait", life.ask_create, life.says("Waiting"))
        life.soukd.delete(first)
        life.soukd.wait_phase(life.store, "Ready", RECOVERY)
        life.is_one()
    yield killed("wait"), wait


@story("session")
def signed_in_and_out(life):
    """A browser's visit: one refusal, then in by a code, a look after a while, and out."""
    refused = False

    def answer(*request, **options):
        """None when there was none: soukd is dead."""
        try:
            return life.soukd.request(*request, **options)
        except (OSError, http.client.HTTPException):
            return None

    def asked(right, *request, **options):
        answered = answer(*request, **options)
        expect(not answered or answered[0] == right, f"{request}: {answered}")
        return answered

    def while_ago():
        with contextlib.closing(sqlite3.connect(life.soukd.folder / "souk.db", timeout=30)) as database, database:
            database.execute("UPDATE sessions SET last_used = last_used - 61000000")

    def visit():
        """From its beginning when soukd dies in it; but one refusal is enough, or the address would have to wait."""
        nonlocal refused
        refused = refused or bool(asked(401, "POST", "/api/v1/session", {"token": "wrong"}, token=False))
        made = asked(201, "POST", "/api/v1/sign-in-codes")
        entered = made and asked(201, "POST", "/api/v1/session", {"code": made[2]["code"]}, token=False)
        if not entered:
            return False
        headers = {"Cookie": entered[1]["Set-Cookie"].split(";")[0], "X-CSRF-Token": entered[2]["csrf_token"]}
        while_ago()
        left = asked(200, "GET", "/api/v1/session", headers=headers, token=False) \
            and asked(204, "DELETE", "/api/v1/session", headers=headers, token=False)
        return left and asked(401, "GET", "/api/v1/session", headers=headers, token=False)

    def session():
        life.make()
        life.through("session", visit, lambda: refused)
    yield killed("session"), session


# The later life of a store that was Ready, in three parts because of the time that deaths take.

SOON = {"reconcile.sweep": "500ms", "reconcile.deletion_deadline": "1s"}


def release(life):
    """The labels of the newest record of its release."""
    return helm_records(life.stage.proxy, life.store)[1][-1]["metadata"]["labels"]


@story("later rename", **SOON)
def revealed_and_renamed(life):
    def reveal():
        life.make()
        life.through("reveal", lambda: life.ask((200,), "POST", life.path("/credentials"), {"reason": "a look"}), lambda: True)
        life.is_one("Kept")

    def rename():
        before = release(life)["souk.dev/digest"]
        life.name += " too"
        life.through("rename", lambda: life.ask((200,), "PATCH", life.path(), {"name": life.name}, headers={"If-Match": "*"}),
                     lambda: life.now().get("name") == life.name)
        expect(release(life)["souk.dev/digest"] == before, "another name is no upgrade")
        life.is_one("Kept")

    def upgrade():
        before = release(life)["souk.dev/digest"]
        life.soukd.stop()
        life.soukd.settings["cluster.public_port"] = "8081"  # a part of the address, which every release is told
        life.through("upgrade", lambda: True, lambda: release(life)["souk.dev/digest"] != before and release(life)["status"] == "deployed")
        life.is_one("Kept")
    yield killed("reveal"), reveal
    yield killed("rename"), rename
    yield killed("upgrade"), upgrade


@story("later suspend", **SOON)
def suspended_and_resumed(life):
    proxy = life.stage.proxy

    def rests():
        return running(proxy, life.store) == {"closed"} and replicas(proxy, life.store) == {"closed": 1, "data": 0, "web": 0}

    def runs():
        return replicas(proxy, life.store) == {"data": 1, "web": 1}

    def volumes():
        path = f"/api/v1/namespaces/{life.store['namespace']}/persistentvolumeclaims"
        return {item["metadata"]["uid"] for item in proxy.done("GET", path)["items"]}

    def suspend():
        life.make()
        life.volumes = volumes()
        life.through("suspend", life.ask_for("suspend"), life.is_in("Suspended"))
        expect(rests(), f"only the sign stands: {running(proxy, life.store)} {replicas(proxy, life.store)}")
        expect(len(life.soukd.operations(life.store, "suspend")) == 1, "one suspension")
        life.is_one("Kept")

    def meddle():
        def told():
            answered = life.soukd.ask("GET", life.path("/events?page_size=1000"))
            return answered and any(item["reason"] == "StartedByHand" for item in answered[1]["events"])

        def ended():
            if not told():
                start_pods(proxy, life.store)  # a soukd that dies before it tells takes the pods away all the same
                return False
            return rests() and any(item["type"] == "Available" and item["reason"] == "Suspended" for item in life.now().get("conditions", []))
        life.through("meddle", lambda: True, ended)
        expect(life.is_in("Suspended")(), "it is suspended all the time")
        life.is_one("Kept")

    def resume():
        life.through("resume", life.ask_for("resume"), life.is_in("Ready"))
        expect(runs(), f"the shop runs and the sign is gone: {replicas(proxy, life.store)}")
        expect(volumes() == life.volumes and life.volumes, "its volumes are those it had")
        expect(len(life.soukd.operations(life.store, "resume")) == 1, "one resumption")
        life.is_one("Kept")
    yield killed("suspend"), suspend
    yield killed("meddle"), meddle
    yield killed("resume"), resume


@story("later restart", **SOON)
def restarted_and_deleted_in_mid_suspension(life):
    proxy = life.stage.proxy

    def restart():
        life.make()
        before = release(life)["souk.dev/digest"]
        ended = lambda: life.is_in("Ready")() and release(life)["souk.dev/digest"] != before  # noqa: E731
        life.through("restart", life.ask_for("restart"), ended)
        expect(len(life.soukd.operations(life.store, "restart")) == 1, "one restart")
        life.is_one("Kept")

    def suspend_and_delete():
        life.soukd.stop()
        faults = {"debug.fault_point": "helm.apply.after"}
        life.soukd.start_doomed(faults)
        life.ask_for("suspend")()
        wait_for("the death in the middle", lambda: life.soukd.process.poll() is not None, 60)
        life.soukd.died(faults)
        life.soukd.start()
        life.finish()
        ended = life.soukd.operations(life.store, "suspend")
        expect([item["state"] for item in ended] in (["aborted"], ["succeeded"]), f"the suspension ended: {ended}")
    yield killed("restart"), restart
    yield "killed in the middle of a suspension, then deleted", suspend_and_delete


@story("later rollback", **SOON)
def rolled_back_and_repaired(life):
    proxy = life.stage.proxy

    def rollback():
        life.make()
        life.soukd.stop()
        before, cut_off = release(life)["souk.dev/digest"], cut_off_upgrade(proxy, life.store)
        life.through("rollback", lambda: True, lambda: newest(proxy, life.store)[0] > cut_off and release(life)["status"] == "deployed")
        expect(release(life)["souk.dev/digest"] == before, "the rollback brought the same release")
        life.is_one("Kept")

    def repair():
        life.soukd.stop()
        take_rights(proxy, life.store)
        life.through("repair", lambda: True, lambda: is_mended(proxy, life.store) and life.is_in("Ready")())
        life.is_one("Kept")
    yield killed("rollback"), rollback
    yield killed("repair"), repair


@story("later broken", **SOON)
def degraded_and_broken(life):
    """Its deletion finds a release that Helm cannot read and a namespace that something holds."""
    proxy = life.stage.proxy

    def degrade():
        life.make()
        for answers, phase in (('{"*": {"status": 502}}', "Degraded"), (None, "Ready")):
            life.soukd.stop()
            page_answers(proxy, life.store, answers)
            life.through("degrade", lambda: True, life.is_in(phase))
        life.is_one()

    def broken():
        life.soukd.stop()
        break_release(proxy, life.store)
        let_go = hold_namespace(proxy, life.store)
        life.through("broken", life.ask_delete, life.says("NeedsAttention"))
        let_go()
        life.through("broken", life.ask_delete, life.is_in("Deleted"))
        life.is_gone()
    yield killed("degrade"), degrade
    yield killed("broken"), broken


@story("stall")
def stalled_and_retried(life):
    """The job rests and the store says so in one commit: else nobody could retry it."""
    def stall():
        helm = life.stage.folder / "helm-that-fails"
        helm.write_text("#!/bin/sh\n[ \"$1\" = version ] && exec helm \"$@\"\necho 'Error: out of luck' >&2\nexit 1\n")
        helm.chmod(0o755)
        faults = {"debug.fault_point": "helm.apply.after>commit.job_outcome.after", "helm.program": str(helm), "jobs.max_attempts": "1"}
        life.soukd.start_doomed(faults)
        life.ask_create()
        wait_for("the stall", lambda: life.soukd.process.poll() is not None, 60)
        life.soukd.died(faults)
        life.soukd.start()
        expect(life.says("Stalled")(), "the store says that it is stalled")
        expect(life.ask_retry(), "the retry")
        life.soukd.wait_phase(life.store, "Ready", RECOVERY)
        life.is_one()
    yield "killed as a job stalls, then retried", stall


@story("pause")
def stopped_for_two_leases(life):
    """Stopped in the middle of a creation until the lease is lost: nothing happens twice."""
    def pause():
        life.soukd.start()
        life.ask_create()
        wait_for("helm", lambda: "helm.apply.before" in life.soukd.passed(), 60, 0.01)
        life.soukd.process.send_signal(signal.SIGSTOP)
        time.sleep(2 * LEASE)  # the pause is the test
        life.soukd.process.send_signal(signal.SIGCONT)
        life.soukd.wait_phase(life.store, "Ready", RECOVERY)
        life.is_one()
    yield "stopped for two leases, then continued", pause


def kill_with_helm_at(life, act, status):
    """Kills soukd while its helm stands still in the middle of what `act` asks for: the release's record says `status`."""
    slug = life.name.lower().replace(" ", "-")
    (life.soukd.folder / "helm" / slug).touch()
    act()
    helm = HelmChild(wait_for(f"the helm of {slug}", lambda: HelmChild.stopped(life.soukd, slug), 60))
    helm.run_until(status, lambda: [item["metadata"]["labels"]["status"] for item in helm_records(life.stage.proxy, life.store)[1]])
    life.soukd.kill()
    wait_for("helm to die with its soukd", lambda: not helm.alive(), 30, 0.01)
    life.soukd.start()


@story("helm")
def killed_with_helm_running(life):
    def install():
        life.soukd.settings["helm.program"] = str(HelmChild.program(life.soukd.folder / "helm", life.stage.box.path))
        life.soukd.start()
        kill_with_helm_at(life, life.ask_create, "pending-install")
        life.soukd.wait_phase(life.store, "Ready", RECOVERY)
        life.is_one()

    def uninstall():
        kill_with_helm_at(life, life.ask_delete, "uninstalling")
        life.soukd.wait_phase(life.store, "Deleted", RECOVERY)
        life.is_gone()
    yield "soukd killed while helm is in the middle of its install", install
    yield "soukd killed while helm is in the middle of its uninstall", uninstall


@story("outage", **{"reconcile.sweep": "500ms"})  # a Ready store is looked at only then
def outage(life):
    """Stops the box's API server: no other life may run beside it."""
    def away():
        life.make()
        life.soukd.stop()
        life.stage.box.api_server("stop")
        try:
            life.through("outage", lambda: True, life.says("ClusterReachable", False))
            life.soukd.stop()  # it would see the return, and nobody would die of it
        finally:
            life.stage.box.api_server("start")

    def back():
        life.through("return", lambda: True, lambda: life.says("ClusterReachable")() and life.is_in("Ready")())
        life.stage.write_history()
        wait_for("what exists, by the watches", lambda: all(life.stage.history.of(life.store)), 30)
        life.is_one()
    yield killed("outage"), away
    yield killed("return"), back


# The longest first; those that share books run beside each other.
STORIES = [*[from_first_start_to_deletion] * 3, *[failed_and_retried] * 2, suspended_and_resumed, restarted_and_deleted_in_mid_suspension,
           revealed_and_renamed, rolled_back_and_repaired, degraded_and_broken, each_step, cancelled, waits_in_line, signed_in_and_out,
           killed_with_helm_running, stalled_and_retried, stopped_for_two_leases]
