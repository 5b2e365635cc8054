"""No secret of a store is anywhere but in its Kubernetes Secret: looked for in every form, in everything that can be read."""
import base64
import gzip
import json
import sqlite3
import subprocess
import tempfile
import urllib.parse
import zlib
from pathlib import Path

from secret_search import files_of, kept_logs_of, of_stores, release_of, search
from souk import expect, wait_for


def the_searcher_finds_what_is_planted(_):
    """The search itself: a planted secret is found in every place and form, another one is not."""
    secrets = {"planted": "pa/ss+w\u00f6rd&x=1", "plain": "Xk29fLq81TmZbV4w"}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "other.db-wal").write_bytes(b"\0\1" + secrets["plain"].encode() + b"\2")
        (folder / "soukd.log").write_text("password=" + urllib.parse.quote(secrets["planted"], safe=""))
        for lead in range(4):
            (folder / f"basic-{lead}").write_bytes(base64.b64encode(b"u" * lead + secrets["plain"].encode() + b":tail"))
        (folder / "json").write_text(json.dumps({"p": secrets["planted"]}))
        connection = sqlite3.connect(folder / "souk.db")
        connection.execute("CREATE TABLE kept_logs (pod, container, content)")
        connection.execute("INSERT INTO kept_logs VALUES ('p', 'c', ?)", (zlib.compress(secrets["plain"].encode() * 3),))
        connection.commit()
        connection.close()
        packed = base64.b64encode(base64.b64encode(gzip.compress(secrets["plain"].encode()))).decode()
        places = files_of(folder) + kept_logs_of(folder / "souk.db") + [("helm", release_of({"data": {"release": packed}})),
                                                                        ("argv", b"helm\0--set\0x=" + secrets["plain"].encode())]
        found = {place for place, _ in search(secrets, places)}
        planted = {"other.db-wal", "soukd.log", "basic-0", "basic-1", "basic-2", "basic-3", "json", "kept log p/c", "helm", "argv"}
        expect(found == planted, f"found only in {sorted(found)} of {sorted(planted)}")
        expect(not search({"absent": "Qp77Zr5NbLs20WxC"}, places), "found what is not there")


def read_everything(world, store):
    """Asks for all that soukd says about a store, so that it is among the answers."""
    for path in ("", "/steps", "/events?page_size=1000", "/logs", "/pods"):
        world.soukd.request("GET", f"/api/v1/stores/{store['id']}{path}")
    for path in ("/api/v1/stores?page_size=1000", "/api/v1/operations?page_size=1000", "/api/v1/events?page_size=1000", "/metrics", "/api/v1/health"):
        world.soukd.request("GET", path)


def objects_of(world):
    """Everything in the cluster that is no Secret."""
    kinds = "events,configmaps,pods,deployments,replicasets,statefulsets,jobs,services,ingresses,serviceaccounts"
    objects = world.box.kubectl("get", kinds, "-A", "-o", "json", "--show-managed-fields").encode()
    expect(b'"kind": "Event"' in objects and b"souk.dev/store" in objects, "the cluster's objects were not read")
    return [("objects", objects)]


def places_of(world):
    """Everything of soukd that is searched: its files, the logs it keeps, its answers, the command lines of all processes."""
    soukd = world.soukd
    return files_of(soukd.folder) + kept_logs_of(soukd.folder / "souk.db") + [
        ("answers", "\n".join(soukd.answers).encode()), ("command lines", b"\n".join(list(world.commands.seen)))]


def a_plant_is_found_everywhere_a_secret_could_be(world):
    """The search of no_secret_is_anywhere_else, seen red: a store that is named by the plant brings it to every place of a real soukd,
    a request's id to its log, and a process has it among its arguments."""
    plants = {"plant": "xk29flq81tmzbv4w"}
    with subprocess.Popen(["cat", "-", f"/planted/{plants['plant']}"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL):  # until its stdin ends
        wait_for("the plant in a command line", lambda: world.commands.saw(b"/planted/", plants["plant"].encode()), 20)
    store = world.soukd.create(plants["plant"], "bad-setup")
    world.wait_step(store, "setup")
    _, releases = of_stores(world.json_of("secrets", "-n", store["namespace"])["items"])
    objects = objects_of(world)
    world.soukd.wait_phase(store, "Failed", 60)
    read_everything(world, store)
    world.soukd.api("GET", "/api/v1/health", headers={"X-Request-Id": plants["plant"]})  # the log names no store
    # soukd writes a request's line when its answer is out.
    wait_for("the request in the log", lambda: plants["plant"] in world.soukd.log_path.read_text(errors="replace"), 20)
    found = {place for place, _ in search(plants, places_of(world) + releases + objects)}
    wanted = {"soukd.log", "objects", "answers", "command lines", f"helm {store['namespace']}/sh.helm.release.v1.{store['slug']}.v1"}
    expect(wanted <= found, f"not found in {sorted(wanted - found)}")
    expect(found & {"souk.db", "souk.db-wal"}, f"not found in the database: {sorted(found)}")
    expect(any(place.startswith("kept log") for place in found), f"not found in the kept logs: {sorted(found)}")


def no_secret_is_anywhere_else(world):
    soukd = world.soukd
    store = world.ready("Wobbly", "slow-back")
    secrets, releases = of_stores(world.json_of("secrets", "-A")["items"])
    expect(len(secrets) >= 10 and len(releases) >= 5, f"only {len(secrets)} secrets and {len(releases)} releases to look at")
    expect(len(set(secrets.values())) == len(secrets), "two secrets are the same")
    expect(all(len(value) >= 16 for value in secrets.values()), "a secret is short")
    expect(all(b"tiny-web:1" in data for _, data in releases), "Helm's records were not read")

    login = soukd.api("POST", f"/api/v1/stores/{store['id']}/credentials", {"reason": "first login"})
    expect(login["password"] == secrets[f"{store['namespace']}/souk-admin password"], "the reveal shows another password")
    actions = [row[0] for row in world.query("SELECT action FROM audit WHERE store_id = ?", store["id"])]
    expect("store.create" in actions and any("credentials" in action for action in actions), f"the audit log knows {actions}")
    read_everything(world, store)

    world.commands.stop_now.set()
    expect(world.commands.helm_seen >= 5, f"only {world.commands.helm_seen} helm commands were seen")
    places = places_of(world) + releases + objects_of(world)
    names = {name for name, _ in places}
    expect({"souk.db", "souk.db-wal", "soukd.log"} <= names and any(n.startswith("kept log") for n in names), f"not there: {sorted(names)[:20]}")
    expect(len(soukd.answers) > 100, "hardly an answer was remembered")
    found = search(secrets, places)
    expect(not found, f"found: {sorted(set(found))}")
