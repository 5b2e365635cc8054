"""What is measured of the dashboard, in Chromium (dashboard.mjs), at a soukd with 10,000 stores."""
import json
import os
import subprocess

from fast_parts import cpu_of, filled
from measure import Figure, median, percentile, shown, spread
from souk import ROOT, expect


def dashboard(world, samples):
    subprocess.run([str(ROOT / "tools/dashboard"), "--modules"], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    soukd, there = filled(world, "dashboard", objects=False)
    with soukd:
        address = f"http://127.0.0.1:{soukd.port}"
        done = subprocess.run(["node", str(ROOT / "tests/bench/dashboard.mjs")], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=1800,
                              env={**os.environ, "SOUK_URL": address, "SOUK_API": address, "SOUK_TOKEN": soukd.token, "SAMPLES": str(samples)})
        expect(done.returncode == 0, f"{done.stdout[-500:]}{done.stderr[-1500:]}")
        used = cpu_of(soukd.process)[0]
    seen = json.loads(done.stdout)
    paints, delays, durations = seen["paints"], seen["delays"], seen["durations"]
    expect(len(delays) >= 0.95 * samples, f"{len(delays)} of {samples} changes were seen")
    before, after = (size / 1048576 for size in seen["heap"])
    kept = len(durations)
    return [
        Figure("page-script", "Dashboard, script of the first load, compressed", seen["script"] / 1024, "KiB", 200, details="the list of stores"),
        Figure("page-paint", "Dashboard, largest contentful paint of the list (median)", median(paints), "ms", 1000, len(paints), f"{spread(paints, 'ms')}; {there}"),
        Figure("page-interaction", "Dashboard, interaction to next paint in the list", seen["inp"], "ms", 100, kept,
               f"the longest but one of 50; {spread(durations, 'ms')}; search, filter, selection, palette"),
        Figure("page-event", "Dashboard, a change from soukd's commit to the frame that shows it (p99)", percentile(delays, 0.99), "ms", 150, len(delays),
               f"{spread(delays, 'ms')}"),
        Figure("page-heap", "Dashboard, heap after 10,000 events against the heap before them", after / before, "times", None, seen["events"],
               f"{shown(before)} MiB before, {shown(after)} MiB after, each after a collection"),
        Figure("page-rest", "Dashboard, processor time of the open list when nothing changes", seen["rest"] * 100, "%", None, 1, "over 60 s"),
    ], f"soukd used {shown(used)} s of processor time in all."
