"""The fence of a store, tried from inside: what its pods reach and what reaches them, with the store's own policies."""
import json
import subprocess

from souk import ROOT, expect, wait_for

METADATA, INTERNET = "169.254.169.254", "203.0.113.10"  # no such machines: the test makes both, inside the box
OPEN = "e2e-no-fence"  # a namespace without policies, whose pod reaches everything: so each place is there to be refused

# One line a target. Policies drop, so a refusal is a silence; busy machines are slow, so the time is long.
PROBE = """for t in "$@"; do
  (if timeout 5 bash -c "exec 3<>/dev/tcp/${t%:*}/${t##*:}" 2>/dev/null; then echo "$t open"; else echo "$t closed"; fi) &
done; wait"""


def reached(box, place, pod, targets):
    """Of `targets` ("host:port") the ones that took a connection."""
    lines = box.kubectl("exec", "-n", place, pod, "--", "bash", "-c", PROBE, "probe", *targets).split("\n")
    answers = dict(line.split(" ") for line in lines if line)
    expect(set(answers) == set(targets), f"the probe in {place}/{pod} answered {lines}")
    return {target for target, answer in answers.items() if answer == "open"}


def outside(box, address, port):
    subprocess.run([str(ROOT / "cluster/inside"), "--name", box.name, str(ROOT / "cluster/real/outside"), address, str(port)], check=True)


def pods_of(box, store):
    """component -> (name, address, image)"""
    items = json.loads(box.kubectl("get", "pods", "-n", store["namespace"], "--field-selector=status.phase=Running", "-o", "json"))["items"]
    return {item["metadata"]["labels"]["app.kubernetes.io/component"]:
            (item["metadata"]["name"], item["status"]["podIP"], item["spec"]["containers"][0]["image"]) for item in items}


def pod_without_fence(box, image):
    box.kubectl("create", "namespace", OPEN)
    box.kubectl("run", "anybody", "-n", OPEN, f"--image={image}", "--image-pull-policy=Never", "--restart=Never",
                "--overrides", '{"spec": {"terminationGracePeriodSeconds": 1}}', "--command", "--", "sleep", "600")
    box.kubectl("wait", "-n", OPEN, "--for=condition=Ready", "pod/anybody", "--timeout=60s")


def holds(box, own, other):
    """`own` and `other` are Ready stores of Medusa."""
    mine, its = pods_of(box, own), pods_of(box, other)
    name = f"{own['slug']}-postgres.{own['namespace']}.svc.cluster.local"  # reached by name: that is DNS as well
    its_name = f"{other['slug']}-postgres.{other['namespace']}.svc.cluster.local"
    node = box.env["SOUK_NODE_ADDRESS"]
    for address, port in ((METADATA, 80), (INTERNET, 80), (INTERNET, 443), (INTERNET, 7000)):
        outside(box, address, port)
    its_parts = {f"{its['postgres'][1]}:5432", f"{its['valkey'][1]}:6379", f"{its['server'][1]}:9000"}
    platform = {"10.43.0.1:443", f"{node}:6443", f"{node}:10250", f"{METADATA}:80"}
    internet = {f"{INTERNET}:80", f"{INTERNET}:443"}

    def sees(place, pod, may, may_not, who):
        # Right after a pod's start its policies may still be on their way.
        def right():
            right.seen = reached(box, place, pod, sorted(may | may_not))
            return right.seen == may
        try:
            wait_for(who, right, 60, 1)
        except AssertionError:
            raise AssertionError(f"{who} reaches {sorted(right.seen - may)} and must not; "
                                 f"does not reach {sorted(may - right.seen)} and must") from None

    try:
        pod_without_fence(box, mine["postgres"][2])
        sees(OPEN, "anybody", platform | internet | {f"{INTERNET}:7000"}, its_parts, "a pod without fence")
        sees(other["namespace"], its["server"][0], its_parts | {f"{its_name}:5432"}, set(), "the other store's server")
        sees(own["namespace"], mine["server"][0], {f"{name}:5432"} | internet,
             its_parts | platform | {f"{its_name}:5432", f"{INTERNET}:7000"}, "the store's server")
        sees(own["namespace"], mine["postgres"][0], {"127.0.0.1:5432"}, its_parts | platform | internet | {f"{mine['server'][1]}:9000"},
             "the store's database")
    finally:
        box.kubectl("delete", "namespace", OPEN, "--ignore-not-found", "--wait=false")
