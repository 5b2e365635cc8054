"""soukd killed with SIGKILL at five points of a creation and of a deletion, with the settings of production."""
import base64
import json
import signal
import time

from souk import expect, wait_for

MAKING = ["kube.create.namespaces.after", "kube.merge_patch.namespaces/fence.after", "kube.create.secrets/souk-admin.after", "helm.apply.after",
          "kube.apply.ingresses.after"]
DELETING = ["commit.receipt.after", "kube.remove.ingresses.after", "kube.merge_patch.namespaces/epoch.after", "helm.remove.after",
            "kube.remove.namespaces.after"]
RESUMED = 60  # seconds from a successor's start until it works on the store, and until the end of what was left at the last point
BETWEEN = 150  # from one point to the next: pods start meanwhile


class Successors:
    """One soukd after another on the same state, each but the last killed at its point. There is one store, so each claim is of it."""

    def __init__(self, soukd):
        self.soukd, self.log = soukd, soukd.folder / "passed"

    def passed(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    def start(self, point=None, first=False):
        """The time of the start. A successor that is to die may do so before it answers requests."""
        before, started = len(self.passed()), time.monotonic()
        self.soukd.start({"debug.fault_log": str(self.log), **({"debug.fault_point": point} if point else {})}, wait=first or not point)
        if not first:
            wait_for("the successor to take the store up", lambda: "commit.claim.after" in self.passed()[before:], RESUMED)
        return started

    def killed_at_each(self, points, begin, after_kill=lambda point: None):
        """The time of the last successor's start; it goes on."""
        self.soukd.stop()
        for number, point in enumerate(points):
            self.start(point, first=number == 0)
            if number == 0:
                begin()
            wait_for(f"the kill at {point}", lambda: self.soukd.process.poll() is not None, BETWEEN)
            expect(self.soukd.process.returncode == -signal.SIGKILL, f"soukd ended with {self.soukd.process.returncode} at {point}")
            after_kill(point)
        return self.start()


def namespaces_of(box, store):
    """[uid] of those that carry the store's label or have its name."""
    return [item["metadata"]["uid"] for item in box.objects("namespaces", "souk.dev/store")
            if item["metadata"]["labels"]["souk.dev/store"] == store["id"] or item["metadata"]["name"].startswith(f"souk-{store['slug']}-")]


def admin_of(box, store):
    """(uid, data) of the Secret that holds the admin's password; None before it is made."""
    shown = box.kubectl("get", "secret", "souk-admin", "-n", store["namespace"], "--ignore-not-found", "-o", "json")
    secret = json.loads(shown) if shown else None
    return secret and (secret["metadata"]["uid"], secret["data"])


def while_making(box, soukd, engine):
    """The store, Ready, after five kills."""
    made, spaces, admins = {}, [], []

    def look(_):
        spaces.append(namespaces_of(box, made))
        admins.append(admin_of(box, made))

    restarted = Successors(soukd).killed_at_each(MAKING, lambda: made.update(soukd.create("Kill", engine)), look)
    store = soukd.wait_phase(made, "Ready", RESUMED - (time.monotonic() - restarted))
    look("Ready")
    expect(spaces == [spaces[0]] * len(spaces) and len(spaces[0]) == 1, f"one namespace after each kill and at the end: {spaces}")
    expect(len(soukd.api("GET", "/api/v1/stores")["stores"]) == 1, "a store too many")
    known = [admin for admin in admins if admin]
    expect(len(known) >= 4 and known == [known[0]] * len(known), "the admin Secret is not the same after each kill since it was made")
    login = soukd.api("POST", f"/api/v1/stores/{store['id']}/credentials", {"reason": "is it the first password"}, 200)
    expect(known[0][1]["password"] == base64.b64encode(login["password"].encode()).decode(), "the password revealed is not that of the Secret")
    releases = [item["metadata"]["labels"]["status"] for item in box.objects("secrets", "owner=helm")
                if item["metadata"]["namespace"] == store["namespace"]]
    expect(releases == ["deployed"], f"release records: {releases}")
    return store


def while_deleting(box, soukd, engine):
    """The receipt of a store that was Ready, then deleted across five kills."""
    store = soukd.create("Doom", engine)
    store = soukd.wait_phase(store, "Ready", 120)
    restarted = Successors(soukd).killed_at_each(DELETING, lambda: soukd.api(
        "DELETE", f"/api/v1/stores/{store['id']}?confirm={store['name']}", None, 202))
    soukd.wait_phase(store, "Deleted", RESUMED - (time.monotonic() - restarted))
    expect(not namespaces_of(box, store), "its namespace is still there")
    operations = soukd.api("GET", f"/api/v1/operations?store={store['id']}&page_size=100")["operations"]
    deletions = [item for item in operations if item["kind"] == "store.delete"]
    expect([item["state"] for item in deletions] == ["succeeded"], f"one deletion: {deletions}")
    return soukd.api("GET", f"/api/v1/stores/{store['id']}/receipt")
