"""No secret of a store is anywhere but in its Kubernetes Secret: looked for in every form, in everything that can be read."""
import base64
import gzip
import json
import sqlite3
import tempfile
import urllib.parse
import zlib
from pathlib import Path

from souk import expect

SHORTEST = 8  # shorter ones would be found in ordinary words


def forms(value):
    """The value as it may stand somewhere: plain, in JSON, in a URL, hex, and within base64 of something longer."""
    raw = value.encode()
    texts = {value, json.dumps(value)[1:-1], urllib.parse.quote(value, safe=""), urllib.parse.quote_plus(value), raw.hex()}
    found = {text.encode() for text in texts}
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            # Characters that depend on the neighbours too are left out at both ends.
            whole = (before + len(raw)) // 3 * 3
            found.add(encode(b"\0" * before + raw[:whole - before])[4 if before else 0:])
    return {form for form in found if len(form) >= SHORTEST}


def search(secrets, places):
    """[(place, which secret)] of everything found. `places` are (name, bytes)."""
    patterns = [(form, name) for name, value in secrets.items() for form in forms(value)]
    return [(place, name) for place, data in places for form, name in patterns if form in data]


def files_of(folder):
    return [(str(path.relative_to(folder)), path.read_bytes()) for path in folder.rglob("*") if path.is_file()]


def kept_logs_of(database):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        rows = connection.execute("SELECT pod, container, content FROM kept_logs").fetchall()
    finally:
        connection.close()
    return [(f"kept log {pod}/{container}", zlib.decompress(content)) for pod, container, content in rows]


def release_of(item):
    """Helm's own record: base64 twice (Kubernetes and Helm) around gzip."""
    return gzip.decompress(base64.b64decode(base64.b64decode(item["data"]["release"])))


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


def no_secret_is_anywhere_else(world):
    soukd = world.soukd
    store = world.ready("Wobbly", "slow-back")
    items = [item for item in world.json_of("secrets", "-A")["items"] if item["metadata"]["namespace"].startswith("souk-")
             and item["metadata"]["namespace"] != "souk-system"]
    secrets, releases = {}, []
    for item in items:
        where = f"{item['metadata']['namespace']}/{item['metadata']['name']}"
        if item["type"] == "helm.sh/release.v1":
            releases.append((f"helm {where}", release_of(item)))
            continue
        for key, value in (item.get("data") or {}).items():
            if key != "username":  # shown to people anyway
                secrets[f"{where} {key}"] = base64.b64decode(value).decode()
    expect(len(secrets) >= 10 and len(releases) >= 5, f"only {len(secrets)} secrets and {len(releases)} releases to look at")
    expect(len(set(secrets.values())) == len(secrets), "two secrets are the same")
    expect(all(len(value) >= 16 for value in secrets.values()), "a secret is short")
    expect(all(b"tiny-web:1" in data for _, data in releases), "Helm's records were not read")

    login = soukd.api("POST", f"/api/v1/stores/{store['id']}/credentials", {"reason": "first login"})
    expect(login["password"] == secrets[f"{store['namespace']}/souk-admin password"], "the reveal shows another password")
    actions = [row[0] for row in world.query("SELECT action FROM audit WHERE store_id = ?", store["id"])]
    expect("store.create" in actions and any("credentials" in action for action in actions), f"the audit log knows {actions}")
    for path in ("", "/steps", "/events?page_size=1000", "/logs", "/pods"):
        soukd.request("GET", f"/api/v1/stores/{store['id']}{path}")
    for path in ("/api/v1/stores?page_size=1000", "/api/v1/operations?page_size=1000", "/api/v1/events?page_size=1000", "/metrics", "/api/v1/health"):
        soukd.request("GET", path)

    world.commands.stop_now.set()
    expect(world.commands.helm_seen >= 5, f"only {world.commands.helm_seen} helm commands were seen")
    kinds = "events,configmaps,pods,deployments,replicasets,statefulsets,jobs,services,ingresses,serviceaccounts"
    objects = world.box.kubectl("get", kinds, "-A", "-o", "json", "--show-managed-fields").encode()
    expect(b'"kind": "Event"' in objects and b"souk.dev/store" in objects, "the cluster's objects were not read")
    places = files_of(soukd.folder) + kept_logs_of(soukd.folder / "souk.db") + releases + [("objects", objects)]
    names = {name for name, _ in places}
    expect({"souk.db", "souk.db-wal", "soukd.log"} <= names and any(n.startswith("kept log") for n in names), f"not there: {sorted(names)[:20]}")
    places += [("answers", "\n".join(soukd.answers).encode()), ("command lines", b"\n".join(world.commands.seen))]
    expect(len(soukd.answers) > 100, "hardly an answer was remembered")
    found = search(secrets, places)
    expect(not found, f"found: {sorted(set(found))}")
