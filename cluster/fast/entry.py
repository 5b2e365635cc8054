#!/usr/bin/env python3
"""The fast box's entry point: watches Ingresses, gives them an address and answers HTTP by Host.

It has no network behind it. What it answers comes from the Service an Ingress points at:
  no ready endpoint                              503, as a real entry point would
  annotation souk.dev/test-responses             a JSON map "METHOD /path" (or "*") -> {status, headers, body}
  otherwise                                      200 and a small page that names the host
"""
import argparse
import http.client
import json
import ssl
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLASS = "traefik"


class Api:
    def __init__(self, server, ca, token):
        self.url = urllib.parse.urlsplit(server)
        self.context = ssl.create_default_context(cafile=ca)
        self.headers = {"Authorization": "Bearer " + token, "Accept": "application/json"}

    def open(self, method, path, body=None, content_type=None, timeout=30):
        connection = http.client.HTTPSConnection(self.url.hostname, self.url.port, context=self.context, timeout=timeout)
        headers = dict(self.headers)
        if content_type:
            headers["Content-Type"] = content_type
        connection.request(method, path, body=body, headers=headers)
        return connection, connection.getresponse()

    def call(self, method, path, body=None, content_type=None):
        connection, response = self.open(method, path, body, content_type)
        try:
            data = response.read()
            if response.status >= 300:
                raise OSError(f"{method} {path}: {response.status} {data[:200]!r}")
            return json.loads(data)
        finally:
            connection.close()


class Mirror(threading.Thread):
    """A list and then a watch, for ever; `items` maps (namespace, name) to the object."""

    def __init__(self, api, path, changed=lambda item: None):
        super().__init__(daemon=True)
        self.api, self.path, self.changed = api, path, changed
        self.items = {}

    def run(self):
        while True:
            try:
                self.watch(self.list())
            except (OSError, ValueError, http.client.HTTPException) as error:
                print(f"{self.path}: {error}", file=sys.stderr, flush=True)
                time.sleep(0.5)

    def list(self):
        answer = self.api.call("GET", self.path)
        self.items = {key(item): item for item in answer.get("items") or []}
        for item in list(self.items.values()):
            self.changed(item)
        return answer["metadata"]["resourceVersion"]

    def watch(self, version):
        while True:
            query = f"?watch=1&allowWatchBookmarks=true&timeoutSeconds=240&resourceVersion={version}"
            connection, response = self.api.open("GET", self.path + query, timeout=300)
            try:
                if response.status != 200:
                    raise OSError(f"watch: {response.status}")
                for line in response:
                    event = json.loads(line)
                    if event["type"] == "ERROR":      # 410: too old, list again
                        return
                    item = event["object"]
                    version = item["metadata"]["resourceVersion"]
                    if event["type"] == "DELETED":
                        self.items.pop(key(item), None)
                    elif event["type"] != "BOOKMARK":
                        self.items[key(item)] = item
                        self.changed(item)
            finally:
                connection.close()


def key(item):
    return item["metadata"]["namespace"], item["metadata"]["name"]


def ours(ingress):
    annotations = ingress["metadata"].get("annotations") or {}
    named = ingress["spec"].get("ingressClassName") or annotations.get("kubernetes.io/ingress.class")
    return named in (None, CLASS)


def host_matches(pattern, host):
    if pattern.startswith("*."):
        return "." in host and host.split(".", 1)[1] == pattern[2:]
    return pattern == host


def path_matches(path, rule):
    wanted = rule.get("path") or "/"
    if rule.get("pathType") == "Exact":
        return path == wanted
    wanted = wanted.rstrip("/")
    return path == wanted or path.startswith(wanted + "/")


class Entry:
    def __init__(self, api):
        self.api = api
        self.ingresses = Mirror(api, "/apis/networking.k8s.io/v1/ingresses", self.give_address)
        self.services = Mirror(api, "/api/v1/services")
        self.slices = Mirror(api, "/apis/discovery.k8s.io/v1/endpointslices")
        for mirror in (self.ingresses, self.services, self.slices):
            mirror.start()

    def give_address(self, ingress):
        addresses = ingress.get("status", {}).get("loadBalancer", {}).get("ingress")
        if addresses or not ours(ingress) or "deletionTimestamp" in ingress["metadata"]:
            return
        namespace, name = key(ingress)
        body = json.dumps({"status": {"loadBalancer": {"ingress": [{"ip": "127.0.0.1"}]}}})
        try:
            self.api.call("PATCH", f"/apis/networking.k8s.io/v1/namespaces/{namespace}/ingresses/{name}/status",
                          body, "application/merge-patch+json")
        except OSError as error:                       # it may be gone already
            print(f"address of {namespace}/{name}: {error}", file=sys.stderr, flush=True)

    def find(self, host, path):
        """(host is known, (namespace, service) or None): the longest path that fits, an exact one first."""
        known, best = False, None
        for ingress in list(self.ingresses.items.values()):
            if not ours(ingress):
                continue
            for rule in ingress["spec"].get("rules") or []:
                if not host_matches(rule.get("host", ""), host):
                    continue
                known = True
                for candidate in (rule.get("http") or {}).get("paths") or []:
                    service = candidate["backend"].get("service")
                    if service and path_matches(path, candidate):
                        rank = (candidate.get("pathType") == "Exact", len(candidate.get("path") or "/"))
                        if best is None or rank > best[0]:
                            best = (rank, (ingress["metadata"]["namespace"], service["name"]))
        return known, best and best[1]

    def ready(self, namespace, service):
        for item in list(self.slices.items.values()):
            labels = item["metadata"].get("labels") or {}
            if item["metadata"]["namespace"] == namespace and labels.get("kubernetes.io/service-name") == service:
                if any((e.get("conditions") or {}).get("ready") is not False for e in item.get("endpoints") or []):
                    return True
        return False

    def answer(self, method, host, target):
        """status, headers, body"""
        path = target.split("?", 1)[0]
        known, backend = self.find(host, path)
        if backend is None:
            return 404, {}, "404 page not found\n"
        if not self.ready(*backend):
            return 503, {}, "no available server\n"
        annotations = self.services.items.get(backend, {"metadata": {}})["metadata"].get("annotations") or {}
        if "souk.dev/test-responses" in annotations:
            try:
                responses = json.loads(annotations["souk.dev/test-responses"])
                chosen = next((responses[k] for k in (f"{method} {target}", f"{method} {path}", "*") if k in responses), None)
                if chosen is not None:
                    body = chosen.get("body", "")
                    headers = dict(chosen.get("headers") or {})
                    if not isinstance(body, str):
                        body = json.dumps(body)
                        headers.setdefault("Content-Type", "application/json")
                    return int(chosen.get("status", 200)), headers, body
            except (ValueError, TypeError, AttributeError) as error:
                return 500, {}, f"souk.dev/test-responses of {backend[0]}/{backend[1]}: {error}\n"
        page = f"<!doctype html><title>{host}</title><h1>{host}</h1><p>product: one, product: two</p>\n"
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    entry = None

    def respond(self):
        length = int(self.headers.get("Content-Length") or 0)
        while length > 0:                              # the body must be read, or the next request starts inside it
            length -= len(self.rfile.read(min(length, 65536))) or length
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0].lower().rstrip(".")
        status, headers, body = self.entry.answer(self.command, host, self.path)
        data = body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "text/plain; charset=utf-8", **headers}.items():
            self.send_header(name, str(value))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = respond

    def log_message(self, format, *arguments):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True


def main():
    parser = argparse.ArgumentParser()
    for name in ("server", "ca", "token-file"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    with open(options.token_file, encoding="utf-8") as file:
        token = file.read().strip()
    Handler.entry = Entry(Api(options.server, options.ca, token))
    Server(("127.0.0.1", options.port), Handler).serve_forever()


if __name__ == "__main__":
    main()
