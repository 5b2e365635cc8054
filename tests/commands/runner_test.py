#!/usr/bin/env python3
"""tests/run itself: a part that hangs is ended with its children, its progress is told, the order of the whole run."""
import contextlib
import importlib.machinery
import io
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/e2e"))
sys.dont_write_bytecode = True
from souk import Checks, expect, wait_for  # noqa: E402

checks = Checks()
loader = importlib.machinery.SourceFileLoader("runner", str(ROOT / "tests/run"))
runner = types.ModuleType(loader.name)
runner.__file__ = str(ROOT / "tests/run")
loader.exec_module(runner)
folder = Path(tempfile.mkdtemp())
runner.ROOT, runner.LOGS = folder, folder / "logs"
SOON = 4  # seconds until a part is ended: a busy machine has begun with it by then


def said(function):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        function()
    return out.getvalue()


def lives(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def a_part_that_hangs_is_ended_with_its_children():
    # One child in its session, one in a session of its own, both deaf to a polite signal.
    part = runner.Part("hangs", 1, ["bash", "-c", "trap '' TERM; sleep 600 & echo $! >one; setsid sleep 600 & echo $! >two; wait; wait"], timeout=SOON)
    patience, runner.Child.patience = runner.Child.patience, 1
    said(part.run)
    runner.Child.patience = patience
    expect((part.passed, part.failed) == (0, 1), f"counted {part.passed}, {part.failed}")
    for name in ("one", "two"):
        pid = int((folder / name).read_text())
        wait_for(f"the end of {name}", lambda: not lives(pid), 20)


def its_traps_run_first():
    part = runner.Part("polite", 1, ["bash", "-c", "trap 'echo gone >left' EXIT; sleep 600 & wait"], timeout=SOON)
    said(part.run)
    expect((folder / "left").read_text() == "gone\n", "the trap did not run")


def its_boxes_go():
    (folder / "cluster").mkdir()
    down = folder / "cluster/down"
    down.write_text('#!/bin/sh\necho "$SOUK_STATE $*" >>%s/downs\n' % folder)
    down.chmod(0o755)
    box = folder / "state/boxes/mine"
    part = runner.Part("boxed", 1, ["bash", "-c", f"SOUK_BOX={box} setsid sleep 600 & wait"], timeout=SOON)
    said(part.run)
    expect((folder / "downs").read_text() == f"{folder}/state --name mine\n", (folder / "downs").read_text())


def progress_is_told():
    runner.HEARTBEAT = 0.3
    heard = said(runner.Part("slow", 7, ["bash", "-c", "echo first; echo 'at the second'; sleep 3"]).run)
    runner.HEARTBEAT = 60
    expect(re.search(r"slow: 0 of about 7 min, at the second", heard), heard)


def an_interrupt_ends_what_runs():
    program = folder / "interrupted.py"
    program.write_text(f"""
import importlib.machinery, types, sys, pathlib
sys.dont_write_bytecode = True
loader = importlib.machinery.SourceFileLoader("runner", {str(ROOT / "tests/run")!r})
runner = types.ModuleType(loader.name); runner.__file__ = {str(ROOT / "tests/run")!r}; loader.exec_module(runner)
runner.ROOT = pathlib.Path({str(folder)!r}); runner.LOGS = runner.ROOT / "logs"
runner.PARTS = {{"setup": runner.Part("setup", 1, ["true"]),
                "long": runner.Part("long", 1, ["bash", "-c", "trap 'sleep 1' EXIT; setsid sleep 600 & echo $! >third; wait"]),
                "next": runner.Part("next", 1, ["bash", "-c", "echo $$ >fourth; sleep 600"], after=["long"])}}
runner.main(["all"])
""")
    process = subprocess.Popen([sys.executable, str(program)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    pid = int(wait_for("the part", lambda: (folder / "third").exists() and (folder / "third").read_text().strip(), 20))
    process.send_signal(signal.SIGINT)
    expect(process.wait(40) == 130, f"ended with {process.returncode}")
    wait_for("the end of its child", lambda: not lives(pid), 20)
    time.sleep(1)
    expect(not (folder / "fourth").exists(), "the next part began")


def at_work_together(memory):
    """How many of two parts were at work at the same time."""
    runner.available = lambda: memory
    for name in ("a", "b"):
        (folder / name).unlink(missing_ok=True)
    beside = "touch {0}; for i in $(seq 50); do [ ! -e {1} ] || exit 0; sleep 0.1; done; exit 1"
    runner.PARTS = {"setup": runner.Part("setup", 1, ["true"]),
                    "a": runner.Part("a", 1, ["sh", "-c", beside.format("a", "b")]),
                    "b": runner.Part("b", 1, ["sh", "-c", beside.format("b", "a")])}
    said(runner.everything)
    return runner.PARTS["a"].passed == 1


def two_at_a_time_need_memory():
    expect(at_work_together(16), "with memory they run beside each other")
    expect(not at_work_together(4), "without they do not")


def a_part_waits_for_what_it_needs():
    runner.available = lambda: 16
    (folder / "made").unlink(missing_ok=True)
    runner.PARTS = {"setup": runner.Part("setup", 1, ["true"]),
                    "late": runner.Part("late", 1, ["cat", str(folder / "made")], after=["maker"]),
                    "maker": runner.Part("maker", 1, ["sh", "-c", f"sleep 0.5; touch {folder}/made"])}
    said(runner.everything)
    expect([part.passed for part in runner.PARTS.values()] == [1, 1, 1], "it began too early, or never")


def every_part_is_in_the_docs():
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (\d+ \| .*?) \|", (ROOT / "CONTRIBUTING.md").read_text(), re.M))
    parts = {name: f"{part.budget} | {'all others' if len(part.after) == len(PLAN) - 1 else ', '.join(part.after)}"
             for name, part in PLAN.items()}
    expect(list(rows.items()) == list(parts.items()), f"differ: {sorted(set(rows.items()) ^ set(parts.items()))}, or in order")


def the_plan_fits():
    """If every part takes its budget, the whole ends within its own."""
    waiting, ended, running, clock = [part for part in PLAN.values() if part.name != "setup"], {"setup"}, {}, PLAN["setup"].budget
    while waiting or running:
        while len(running) < runner.AT_ONCE and (part := runner.next_part(waiting, ended)):
            waiting.remove(part)
            running[part.name] = clock + part.budget
        first = min(running, key=running.get)
        clock = running.pop(first)
        ended.add(first)
    expect(clock <= runner.WHOLE_COLD, f"{clock} minutes")


def the_budget_that_applies_to_the_whole():
    """Full caches show in how long cluster-build takes."""
    def line(seconds, minutes):
        part = runner.Part("cluster-build", 31, ["true"])
        part.seconds = seconds
        return runner.whole([runner.Part("setup", 3, ["true"]), part], minutes)
    for seconds, minutes, wanted in [(900, 74, "whole, cold 75 74.0"), (900, 76, "whole, cold 75 76.0 over its budget"),
                                     (5, 29, "whole, warm 30 29.0"), (5, 31, "whole, warm 30 31.0 over its budget")]:
        expect(line(seconds, minutes).split() == wanted.split(), line(seconds, minutes))


def a_failure_is_shown_with_what_belongs_to_it():
    noise = "\n".join(f"line {i}" for i in range(20))
    part = runner.Part("fails", 1, ["printf", "%s", f"ok  one\nnot ok  two: timeout\n        waiting for the row\n{noise}\n0 passed, 1 failed\n"], runner.summed)
    out = said(part.run)
    expect("    not ok  two: timeout\n            waiting for the row\n    ...\n" in out, out)


def a_skipped_case_has_failed():
    """tests/counted, with a program that writes a report as GoogleTest does."""
    program = folder / "stub_test"
    results = ["COMPLETED", "SKIPPED", "COMPLETED"]
    cases = [{"name": f"Case{i}", "classname": "Suite", "result": result} for i, result in enumerate(results)]
    report = json.dumps({"tests": 3, "failures": 0, "disabled": 0, "testsuites": [{"testsuite": cases}]})
    program.write_text(f"#!/bin/sh\ncat >\"${{1#--gtest_output=json:}}\" <<'END'\n{report}\nEND\n")
    program.chmod(0o755)
    done = subprocess.run([str(ROOT / "tests/counted"), str(program)], capture_output=True, text=True)
    expect(done.returncode == 1 and done.stdout == "not ok  Suite.Case1 was skipped\n2 passed, 1 failed\n", f"{done}")


PLAN = dict(runner.PARTS)
for name, check in [("a part that hangs is ended with its children", a_part_that_hangs_is_ended_with_its_children),
                    ("its traps run before", its_traps_run_first),
                    ("boxes that it left are removed", its_boxes_go),
                    ("progress is told while a part runs", progress_is_told),
                    ("an interrupt ends what runs", an_interrupt_ends_what_runs),
                    ("parts run beside each other where memory allows", two_at_a_time_need_memory),
                    ("a part waits for what it needs", a_part_waits_for_what_it_needs),
                    ("CONTRIBUTING.md has every part with budget and place", every_part_is_in_the_docs),
                    ("a failure is shown with the lines that belong to it", a_failure_is_shown_with_what_belongs_to_it),
                    ("a GoogleTest case that skips itself has failed", a_skipped_case_has_failed),
                    ("a whole run over the budget that applies says so", the_budget_that_applies_to_the_whole),
                    ("the budgets fit into that of the whole", the_plan_fits)]:
    checks.run(name, check)
subprocess.run(["rm", "-rf", str(folder)], check=True)
checks.finish()
