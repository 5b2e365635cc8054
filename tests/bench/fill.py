"""Ten thousand stores out of one: its rows in the database and, if wanted, its objects in the cluster, copied under other names.

Nobody works on the copies: they have no job. In the cluster they are written straight into etcd of a fast box whose controllers
are stopped, because the API server would take an hour and the controllers would answer."""
import base64
import json
import os
import random
import signal
import sqlite3
import time
import urllib.request
from pathlib import Path

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
WORDS = ("Blue", "North", "Copper", "Quiet", "Paper", "Green", "Iron", "Velvet", "Amber", "Salt")
TRADES = ("Shop", "Bakery", "Books", "Bikes", "Garden", "Coffee", "Wool", "Tools", "Records", "Tea")
# Deleted ones are hidden by lists; what a store is being made of changes by itself: neither is here.
PHASES = ("Ready",) * 18 + ("Degraded", "Failed")
WATCHED = {"namespaces": "v1", "pods": "v1", "deployments": "apps/v1", "jobs": "batch/v1", "ingress": "networking.k8s.io/v1",
           "persistentvolumeclaims": "v1", "statefulsets": "apps/v1"}


def uuid7_text(milliseconds, chance):
    number = milliseconds << 80 | 7 << 76 | chance.getrandbits(12) << 64 | 2 << 62 | chance.getrandbits(62)
    return "".join(LETTERS[number >> shift & 31] for shift in range(125, -1, -5))


def names_of_copies(count):
    """(id, name, slug, namespace, milliseconds of creation, phase) of each copy; the same ones every time but for the clock."""
    chance, now = random.Random(1), int(time.time() * 1000)
    for number in range(count):
        made = now - number * 60_000 - 3_600_000
        store = "str_" + uuid7_text(made, chance)
        name = f"{WORDS[number % 10]} {TRADES[number // 10 % 10]} {number}"
        slug = name.lower().replace(" ", "-")
        yield store, name, slug, f"souk-{slug}-{store[-6:]}", made, PHASES[number % len(PHASES)]


def insert(database, table, rows):
    for row in rows[:1]:
        statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
        database.executemany(statement, (tuple(each.values()) for each in rows))


def rows_of(database, table, where, value):
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]  # without generated ones
    found = database.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where} = ?", (value,))
    return [dict(zip(columns, row)) for row in found]


def fill_database(path, model_id, count):
    """Copies the store with its operations, events and audit entries. The daemon must not run."""
    with sqlite3.connect(path) as database:
        model, = rows_of(database, "stores", "id", model_id)
        rows = {table: rows_of(database, table, "store_id", model_id) for table in ("operations", "events", "event_counters", "audit")}
        chance, number = random.Random(2), database.execute("SELECT max(number) FROM events").fetchone()[0]
        copies = {table: [] for table in ("stores", *rows)}
        for store, name, slug, namespace, made, phase in names_of_copies(count):
            shift = made * 1000 - model["created"]
            copy = {**model, "id": store, "name": name, "slug": slug, "namespace": namespace, "search_text": f"{name.lower()}\n{slug}",
                    "phase": phase, "hosts": model["hosts"].replace(model["slug"], slug)}
            for column in ("created", "updated", "admitted", "checks_passed", "first_ready"):
                copy[column] = model[column] and model[column] + shift
            if phase != "Ready":
                copy.update(failure_reason="CheckFailed", failure_message="page, page: the shop's page answers 500 instead of 200")
            copies["stores"].append(copy)
            for operation in rows["operations"]:
                copies["operations"].append({**operation, "id": "op_" + uuid7_text(made, chance), "store_id": store,
                                             **{c: operation[c] and operation[c] + shift for c in ("created", "updated", "ended")}})
            for event in rows["events"]:
                number += 1
                copies["events"].append({**event, "number": number, "store_id": store, "time": event["time"] + shift})
            copies["event_counters"] += [{**row, "store_id": store} for row in rows["event_counters"]]
            copies["audit"] += [{key: value for key, value in row.items() if key != "id"} | {"store_id": store} for row in rows["audit"]]
        for table, many in copies.items():
            insert(database, table, many)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return database.execute("SELECT count(*) FROM stores").fetchone()[0], database.execute("SELECT count(*) FROM events").fetchone()[0]


class Etcd:
    """The store of a fast box, by its JSON gateway on loopback."""

    def __init__(self, state):
        ports = dict(line.split("=") for line in (state / "ports").read_text().split())
        self.url = f"http://127.0.0.1:{ports['etcd']}/v3/kv/"

    def call(self, what, body):
        request = urllib.request.Request(self.url + what, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def keys(self):
        found = self.call("range", {"key": code(b"/registry/"), "range_end": code(b"/registry0"), "keys_only": True})
        return [base64.b64decode(item["key"]).decode() for item in found["kvs"]]

    def put(self, pairs):
        for start in range(0, len(pairs), 100):
            operations = [{"requestPut": {"key": code(key.encode()), "value": code(value.encode())}} for key, value in pairs[start:start + 100]]
            self.call("txn", {"success": operations})


def code(data):
    return base64.b64encode(data).decode()


def stop_controllers(state):
    """They are not needed again: the box ends after this part."""
    for name in ("kube-controller-manager", "kube-scheduler", "kwok"):
        os.kill(int((state / "pids" / f"{name}.pid").read_text()), signal.SIGSTOP)


def fill_cluster(box, api, model, count):
    """Copies every watched object of the model store. How many objects."""
    state = Path(box.env["KUBECONFIG"]).parent
    etcd = Etcd(state)
    models = []
    for key in etcd.keys():
        parts = key.removeprefix("/registry/").split("/")
        kind, path = parts[0], parts[1:]
        if kind not in WATCHED or path[0] != model["namespace"]:
            continue
        version = WATCHED[kind]
        prefix = "/api/v1" if version == "v1" else f"/apis/{version}"
        plural = "ingresses" if kind == "ingress" else kind
        address = f"{prefix}/namespaces/{path[0]}" + ("" if kind == "namespaces" else f"/{plural}/{path[1]}")
        item = api.request("GET", address)
        item["metadata"].pop("managedFields", None)
        item["metadata"].pop("resourceVersion", None)
        models.append((key, item["metadata"]["uid"], json.dumps(item)))
    stop_controllers(state)
    chance, pairs, made = random.Random(3), [], 0
    for store, _, slug, namespace, _, _ in names_of_copies(count):
        def renamed(text):
            return text.replace(model["namespace"], namespace).replace(model["id"], store).replace(model["slug"], slug)
        for key, uid, text in models:
            fresh = f"{chance.getrandbits(128):032x}"
            fresh = "-".join((fresh[:8], fresh[8:12], fresh[12:16], fresh[16:20], fresh[20:]))
            pairs.append((renamed(key), renamed(text).replace(uid, fresh)))
        made += len(models)
        if len(pairs) >= 5000:
            etcd.put(pairs)
            pairs = []
    etcd.put(pairs)
    return made
