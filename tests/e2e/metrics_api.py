"""A metrics API for boxes that have none: a resource definition in its place, and objects that tell what pods use."""
import contextlib
import json

from souk import wait_for

NAME = "pods.metrics.k8s.io"
DEFINITION = {
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
    # The group is Kubernetes' own, so the API server wants to be told that somebody meant it.
    "metadata": {"name": NAME, "annotations": {"api-approved.kubernetes.io": "unapproved, a stand-in for metrics-server in a test"}},
    "spec": {"group": "metrics.k8s.io", "scope": "Namespaced", "names": {"plural": "pods", "singular": "pod", "kind": "PodMetrics", "listKind": "PodMetricsList"},
             "versions": [{"name": "v1beta1", "served": True, "storage": True,
                           "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]}}


def served(box):
    return "pods" in box.kubectl("get", "--raw", "/apis/metrics.k8s.io/v1beta1", check=False)


def begin(box):
    box.kubectl("apply", "-f", "-", stdin=json.dumps(DEFINITION))
    wait_for("the metrics API", lambda: served(box), 60)


@contextlib.contextmanager
def metrics_api(box):
    begin(box)
    try:
        yield
    finally:
        box.kubectl("delete", "customresourcedefinition", NAME)
        wait_for("the end of the metrics API", lambda: not served(box), 60)


def measure(box, pod, cpu, memory):
    """What metrics-server would say of this pod's one container."""
    meta = pod["metadata"]
    item = {"apiVersion": "metrics.k8s.io/v1beta1", "kind": "PodMetrics",
            "metadata": {"name": meta["name"], "namespace": meta["namespace"], "labels": meta["labels"]},
            "timestamp": "2026-11-21T09:30:00Z", "window": "15s", "containers": [{"name": "main", "usage": {"cpu": cpu, "memory": memory}}]}
    box.kubectl("apply", "-f", "-", stdin=json.dumps(item))
