"""A search for secrets in every form they may take."""
import base64
import contextlib
import gzip
import json
import os
import sqlite3
import subprocess
import threading
import urllib.parse
import zlib

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
    """[(name, content)]. Helm renames temporary files beside soukd's own: one that is gone by the time it is read is not among them."""
    found = []
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.is_file():
                found.append((str(path.relative_to(folder)), path.read_bytes()))
    return found


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


def of_stores(items):
    """From Secrets as the API server lists them: ({"namespace/name key": value} of the stores' own, [(place, content)] of Helm's records)."""
    secrets, releases = {}, []
    for item in items:
        place = item["metadata"]["namespace"]
        if not place.startswith("souk-") or place == "souk-system":
            continue
        where = f"{place}/{item['metadata']['name']}"
        if item["type"] == "helm.sh/release.v1":
            releases.append((f"helm {where}", release_of(item)))
            continue
        for key, value in (item.get("data") or {}).items():
            if key != "username":  # shown to people anyway
                secrets[f"{where} {key}"] = base64.b64decode(value).decode()
    return secrets, releases


class SecretsWatch(threading.Thread):
    """Every Secret of every store from now on, also of those that are gone when somebody looks for them."""

    def __init__(self, box):
        super().__init__(daemon=True)
        self.box, self.stop_now, self.texts, self.process = box, threading.Event(), [], None

    def run(self):
        env = {**os.environ, "PATH": self.box.path, "KUBECONFIG": self.box.env["KUBECONFIG"]}
        while not self.stop_now.is_set():  # an API server that is away ends the watch; the next one begins with a list
            self.process = subprocess.Popen(["kubectl", "get", "secrets", "-A", "-l", "souk.dev/store", "-o", "json", "--watch"], env=env,
                                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            self.texts.append(self.process.stdout.read())
            self.process.wait()
            self.stop_now.wait(1)

    def seen(self):
        """Ends the watch. {"namespace/name key": value}"""
        self.stop_now.set()
        if self.process:
            self.process.terminate()
        self.join(30)
        found, decoder = {}, json.JSONDecoder()
        for text in self.texts:
            while text := text.lstrip():
                try:
                    item, end = decoder.raw_decode(text)
                except json.JSONDecodeError:
                    break  # cut off by the end of the watch
                text = text[end:]
                items = item["items"] if "items" in item else [item] if item["kind"] == "Secret" else []
                found.update(of_stores(items)[0])
        return found
