#!/usr/bin/env python3
"""tests/run itself: a part that hangs is ended with its children, its progress is told, lanes need memory."""
import contextlib
import importlib.machinery
import io
import re
import signal
import subprocess
import sys
import tempfile
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
    part = runner.Part("hangs", 1, ["bash", "-c", "trap '' TERM; sleep 600 & echo $! >one; setsid sleep 600 & echo $! >two; wait; wait"], timeout=1)
    runner.Child.patience = 1
    said(part.run)
    expect((part.passed, part.failed) == (0, 1), f"counted {part.passed}, {part.failed}")
    for name in ("one", "two"):
        pid = int((folder / name).read_text())
        wait_for(f"the end of {name}", lambda: not lives(pid), 5)


def its_traps_run_first():
    part = runner.Part("polite", 1, ["bash", "-c", "trap 'echo gone >left' EXIT; sleep 600 & wait"], timeout=1)
    said(part.run)
    expect((folder / "left").read_text() == "gone\n", "the trap did not run")


def its_boxes_go():
    (folder / "cluster").mkdir()
    down = folder / "cluster/down"
    down.write_text('#!/bin/sh\necho "$SOUK_STATE $*" >>%s/downs\n' % folder)
    down.chmod(0o755)
    box = folder / "state/boxes/mine"
    part = runner.Part("boxed", 1, ["bash", "-c", f"SOUK_BOX={box} setsid sleep 600 & wait"], timeout=1)
    said(part.run)
    expect((folder / "downs").read_text() == f"{folder}/state --name mine\n", (folder / "downs").read_text())


def progress_is_told():
    runner.HEARTBEAT = 0.3
    heard = said(runner.Part("slow", 7, ["bash", "-c", "echo first; echo 'at the second'; sleep 1"]).run)
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
runner.PARTS = {{"long": runner.Part("long", 1, ["bash", "-c", "setsid sleep 600 & echo $! >third; wait"])}}
runner.main(["long"])
""")
    process = subprocess.Popen([sys.executable, str(program)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    pid = int(wait_for("the part", lambda: (folder / "third").exists() and (folder / "third").read_text().strip(), 20))
    process.send_signal(signal.SIGINT)
    expect(process.wait(40) == 130, f"ended with {process.returncode}")
    wait_for("the end of its child", lambda: not lives(pid), 5)


def at_work_together(memory):
    """How many of two parts in two lanes were at work at the same time."""
    runner.available = lambda: memory
    for name in ("a", "b"):
        (folder / name).unlink(missing_ok=True)
    beside = "touch {0}; for i in 1 2 3 4 5 6 7 8 9 10; do [ ! -e {1} ] || exit 0; sleep 0.1; done; exit 1"
    runner.PARTS = {"setup": runner.Part("setup", 1, ["true"], at="0a"),
                    "a": runner.Part("a", 1, ["sh", "-c", beside.format("a", "b")], at="1a"),
                    "b": runner.Part("b", 1, ["sh", "-c", beside.format("b", "a")], at="1b")}
    said(runner.everything)
    return runner.PARTS["a"].passed == 1


def lanes_need_memory():
    expect(at_work_together(16), "with memory they run beside each other")
    expect(not at_work_together(4), "without they do not")


def every_part_is_in_the_docs():
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (\d+ \| \w+) \|", (ROOT / "CONTRIBUTING.md").read_text(), re.M))
    parts = {name: f"{part.budget} | {'first' if part.at == '0a' else part.at}" for name, part in PLAN.items()}
    expect(rows == parts, f"differ: {sorted(set(rows.items()) ^ set(parts.items()))}")


def the_plan_fits():
    """What the parts may take, lane beside lane, is within the budget of the whole."""
    steps = {}
    for part in PLAN.values():
        lanes = steps.setdefault(part.at[0], {})
        lanes[part.at[1]] = lanes.get(part.at[1], 0) + part.budget
    whole = sum(max(lanes.values()) for lanes in steps.values())
    expect(whole <= runner.WHOLE_COLD, f"{whole} minutes: {steps}")


PLAN = dict(runner.PARTS)
for name, check in [("a part that hangs is ended with its children", a_part_that_hangs_is_ended_with_its_children),
                    ("its traps run before", its_traps_run_first),
                    ("boxes that it left are removed", its_boxes_go),
                    ("progress is told while a part runs", progress_is_told),
                    ("an interrupt ends what runs", an_interrupt_ends_what_runs),
                    ("lanes run beside each other where memory allows", lanes_need_memory),
                    ("CONTRIBUTING.md has every part with budget and place", every_part_is_in_the_docs),
                    ("the budgets fit into that of the whole", the_plan_fits)]:
    checks.run(name, check)
subprocess.run(["rm", "-rf", str(folder)], check=True)
checks.finish()
