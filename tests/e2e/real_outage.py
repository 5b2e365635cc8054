"""An API server that is away: its process is stopped for a while."""
import os
import signal
import time

from souk import expect


def api_server_of(box):
    """The process of the box's API server: the one that serves the box's own certificate."""
    folder = os.path.dirname(box.env["KUBECONFIG"]).encode() + b"/"
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            line = open(f"/proc/{pid}/cmdline", "rb").read().split(b"\0")
        except OSError:
            continue
        if line[0].endswith(b"kube-apiserver") and any(folder in part for part in line):
            return int(pid)
    raise AssertionError("the box has no API server")


def newest_event(soukd):
    page = soukd.api("GET", "/api/v1/events?page_size=1")["events"]
    return page[0]["number"] if page else 0


def unreachable(store):
    return any(condition["type"] == "ClusterReachable" and condition["status"] is False for condition in store["conditions"])


def outage(box, soukd, expected, seconds=30):
    """The API server does not answer for a while. `expected` are (store, phases it may have then). soukd must notice, and at no time
    may a store have another phase, which an empty look at the cluster would lead to."""
    expect(expected, "an outage without a store to look at shows nothing")
    noticed, before = set(), newest_event(soukd)
    pid = api_server_of(box)
    os.kill(pid, signal.SIGSTOP)
    try:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for store, phases in expected:
                seen = soukd.get(store)
                expect(seen["phase"] in phases, f"{seen['slug']} is {seen['phase']} ({seen['failure']}) during the outage, not in {phases}")
                if unreachable(seen):
                    noticed.add(store["name"])
            time.sleep(1)
        for store, phases in expected:
            events = soukd.api("GET", f"/api/v1/stores/{store['id']}/events?page_size=200")["events"]
            wrong = [event for event in events if event["number"] > before and event["phase"] not in phases]
            expect(not wrong, f"between two looks: {wrong}")
    finally:
        os.kill(pid, signal.SIGCONT)
    expect(noticed, "soukd did not notice that the API server was away")
