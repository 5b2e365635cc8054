"""Hands on the cluster: what other programs, people and accidents do there. Everything goes around soukd."""
import base64
import gzip
import json

from souk import expect

MERGE = {"kind": "application/merge-patch+json"}


def page_answers(proxy, store, answers):
    proxy.done("PATCH", f"/api/v1/namespaces/{store['namespace']}/services/{store['slug']}-web",
               {"metadata": {"annotations": {"souk.dev/test-responses": answers}}}, **MERGE)


def start_pods(proxy, store):
    """Somebody scales the page of a suspended store up."""
    proxy.done("PATCH", f"/apis/apps/v1/namespaces/{store['namespace']}/deployments/{store['slug']}-web", {"spec": {"replicas": 1}}, **MERGE)


def replicas(proxy, store):
    """{component: pods that are asked for}"""
    found = {}
    for kind in ("deployments", "statefulsets"):
        for item in proxy.done("GET", f"/apis/apps/v1/namespaces/{store['namespace']}/{kind}")["items"]:
            found[item["metadata"]["labels"]["app.kubernetes.io/component"]] = item["spec"]["replicas"]
    return found


def running(proxy, store):
    """Components that have a pod, apart from the setup's, which has ended."""
    items = proxy.done("GET", f"/api/v1/namespaces/{store['namespace']}/pods")["items"]
    return {item["metadata"]["labels"]["app.kubernetes.io/component"] for item in items} - {"setup"}


def helm_records(proxy, store):
    """(where they are, oldest first)"""
    path = f"/api/v1/namespaces/{store['namespace']}/secrets"
    items = proxy.done("GET", path + "?labelSelector=owner%3Dhelm")["items"]
    return path, sorted(items, key=lambda item: int(item["metadata"]["labels"]["version"]))


def newest(proxy, store):
    """(revision, status)"""
    labels = helm_records(proxy, store)[1][-1]["metadata"]["labels"]
    return int(labels["version"]), labels["status"]


def cut_off_upgrade(proxy, store):
    """What an upgrade leaves that died right after it began; the revision of it."""
    path, records = helm_records(proxy, store)
    last = records[-1]
    expect(last["metadata"]["labels"]["status"] == "deployed", "the release is deployed")
    revision = int(last["metadata"]["labels"]["version"]) + 1
    record = json.loads(gzip.decompress(base64.b64decode(base64.b64decode(last["data"]["release"]))))
    record["version"] = revision
    record["info"]["status"] = "pending-upgrade"
    packed = base64.b64encode(base64.b64encode(gzip.compress(json.dumps(record).encode()))).decode()
    proxy.done("POST", path, {"apiVersion": "v1", "kind": "Secret", "type": last["type"], "data": {"release": packed},
                              "metadata": {"name": f"sh.helm.release.v1.{store['slug']}.v{revision}",
                                           "labels": {**last["metadata"]["labels"], "version": str(revision), "status": "pending-upgrade"}}})
    return revision


def break_release(proxy, store):
    """Helm cannot read its records any more."""
    path, records = helm_records(proxy, store)
    for item in records:
        proxy.done("PATCH", f"{path}/{item['metadata']['name']}", {"data": {"release": base64.b64encode(b"broken").decode()}}, **MERGE)


def hold_namespace(proxy, store):
    """An object with a finalizer nobody serves; the answer lets it go."""
    maps = f"/api/v1/namespaces/{store['namespace']}/configmaps"
    proxy.done("POST", maps, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "held", "finalizers": ["souk.dev/test"]}})
    return lambda: proxy.done("PATCH", f"{maps}/held", {"metadata": {"finalizers": None}}, **MERGE)


def take_rights(proxy, store):
    """Somebody gives the rights in the store's namespace to another account; the fence says that it is not as it was."""
    space = f"/api/v1/namespaces/{store['namespace']}"
    binding = f"/apis/rbac.authorization.k8s.io/v1/namespaces/{store['namespace']}/rolebindings/souk-worker"
    proxy.done("PATCH", binding, {"subjects": [{"kind": "ServiceAccount", "name": "nobody", "namespace": "default"}]}, **MERGE)
    proxy.done("PATCH", space, {"metadata": {"annotations": {"souk.dev/fence": "changed"}}}, **MERGE)


def is_mended(proxy, store):
    """The rights are back, and so is the fence's digest, which is written last."""
    space = f"/api/v1/namespaces/{store['namespace']}"
    binding = f"/apis/rbac.authorization.k8s.io/v1/namespaces/{store['namespace']}/rolebindings/souk-worker"
    status, found = proxy.request("GET", binding)
    return (status == 200 and found["subjects"][0]["name"] != "nobody"
            and proxy.done("GET", space)["metadata"]["annotations"]["souk.dev/fence"] != "changed")
