"""A world of the stories: a fast box, a soukd with engines that say what goes wrong with them, and what stories ask of both."""
import json
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))
from engine_copies import engine  # noqa: E402
from souk import ROOT, Box, Soukd, workspace  # noqa: E402, F401  `run` needs it, too
import metrics_api  # noqa: E402
from pictured import rename_engines  # noqa: E402
from stories_world import SLOW, SETUP_REASON, SETUP_SENTENCE  # noqa: E402


def make_engines(folder):
    """The tiny engine under names that say what goes wrong with it."""
    folder.mkdir(parents=True)
    engine(folder, "shop")
    engine(folder, "slow", podLabels={"setup": SLOW, "web": SLOW},
           podAnnotations={"setup": {"souk.dev/test-delay": "6s"}, "web": {"souk.dev/test-delay": "8s"}})
    # These two wait until a story lets them go (`letGo`): what must happen before they are ready has all the time it takes.
    engine(folder, "patient", deadline="900s", podLabels={"setup": SLOW, "web": SLOW},
           podAnnotations={"setup": {"souk.dev/test-delay": "12s"}, "web": {"souk.dev/test-delay": "600s"}})
    engine(folder, "endless", deadline="900s", podLabels={"web": SLOW}, podAnnotations={"web": {"souk.dev/test-delay": "600s"}})
    engine(folder, "no-image", podLabels={"web": {"souk.dev/test-fault": "image-pull"}})
    engine(folder, "bad-setup", podLabels={"setup": {"souk.dev/test-fault": "job-failed"}},
           podAnnotations={"setup": {"souk.dev/test-termination": json.dumps({"reason": SETUP_REASON, "message": SETUP_SENTENCE}),
                                     "souk.dev/test-delay": "3s"}})  # so long that a page is seen to try
    for path in folder.glob("*/engine.yaml"):
        path.write_text(path.read_text().replace("title: Tiny\n", f"title: {path.parent.name.replace('-', ' ').capitalize()}\n", 1))


def measure(box, asked):
    """The metrics API tells of each pod of a namespace that it uses so much; the number of pods."""
    pods = json.loads(box.kubectl("get", "pods", "-n", asked["namespace"], "-o", "json"))["items"]
    for pod in pods:
        metrics_api.measure(box, pod, asked["cpu"], asked["memory"])
    return str(len(pods))


def write_log(box, lines):
    """From now on every pod of the box has written these lines, behind its first one."""
    path = Path(box.env["SOUK_POD_LOG"])
    first = path.read_bytes().split(b"\n", 1)[0]
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000000000Z", time.gmtime())
    path.write_bytes(b"\n".join([first, *(f"{stamp} stdout F {line}".encode() for line in lines), b""]))
    return str(len(lines))


def control(soukd, box, more):
    """What the stories ask of this side, on a loopback port, by POST with JSON. `more`: what all worlds have together."""
    actions = {
        **more,
        "/kill": lambda _: soukd.kill(),  # -9
        "/start": lambda settings: soukd.start(settings),
        "/stop": lambda _: soukd.stop(),
        "/kubectl": lambda asked: box.kubectl(*asked["args"], stdin=asked.get("stdin")),
        "/measure": lambda asked: measure(box, asked),
        "/log": lambda asked: write_log(box, asked["lines"]),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802  the name is http.server's
            try:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                told = actions[self.path](asked)
                status, text = 200, told if isinstance(told, str) else ""
            except Exception as error:  # noqa: BLE001  the story that asked shows it
                status, text = 500, str(error)
            self.send_response(status)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def tell_stories(name, arguments, more):
    """Runs suite.mjs in a world of its own; its exit code."""
    with Box(name) as box, workspace() as folder:
        make_engines(folder / "engines")
        if "--pictures" in arguments:
            rename_engines(folder / "engines")
        soukd = Soukd(box, folder / "state", engines=[str(folder / "engines")], settings={
            "reconcile.max_snooze": "1s", "reconcile.sweep": "3s", "reconcile.check_pause": "500ms", "jobs.lease": "4s",
            "jobs.reap_interval": "1s", "jobs.backoff_base": "300ms", "jobs.backoff_cap": "1s", "usage.interval": "3s"})
        metrics_api.begin(box)
        with soukd:
            address = f"http://127.0.0.1:{soukd.port}"
            environment = {**os.environ, "SOUK_URL": os.environ.get("SOUK_DASHBOARD_URL", address), "SOUK_API": address,
                           "SOUK_TOKEN": soukd.token, "SOUK_CONTROL": control(soukd, box, more)}
            code = subprocess.run(["node", str(HERE / "suite.mjs"), *arguments], env=environment, stdin=subprocess.DEVNULL).returncode
        if code != 0:
            print("\n".join(soukd.log_path.read_text(errors="replace").splitlines()[-40:]), file=sys.stderr)
        return code
