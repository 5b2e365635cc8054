#!/usr/bin/env python3
"""How `make bench` reports: how long each part takes, no p99 of too few samples, a row for what was not run."""
import contextlib
import importlib.machinery
import io
import signal
import sys
import tempfile
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests/bench"), str(ROOT / "tests/e2e")]
sys.dont_write_bytecode = True
from measure import Figure, percentile, spread  # noqa: E402
from page import write_page  # noqa: E402
from souk import Checks, expect  # noqa: E402

checks = Checks()
loader = importlib.machinery.SourceFileLoader("bench", str(ROOT / "tests/bench/run"))
bench = types.ModuleType(loader.name)
bench.__file__ = str(ROOT / "tests/bench/run")
loader.exec_module(bench)
FEW, ENOUGH = [float(n) for n in range(1, 1000)], [float(n) for n in range(1, 1001)]


def few_samples_have_no_p99():
    expect(spread(FEW, "s") == "least 1.00, p50 500, largest 999 s", spread(FEW, "s"))
    expect(spread(ENOUGH, "s") == "p50 500, p99 990, largest 1000 s", spread(ENOUGH, "s"))
    try:
        raise SystemExit(f"a p99 of {len(FEW)} samples: {percentile(FEW, 0.99)}")
    except AssertionError as refused:
        expect("999" in str(refused), refused)


def each_part_begins_with_an_estimate():
    heard = io.StringIO()

    def begun(name, samples, *_):
        wanted = {"events": "==> events (about 1 min)\n", "dashboard": "==> dashboard (about 3 min)\n"}[name]
        expect(heard.getvalue().endswith(wanted) and samples == 10, heard.getvalue())
        raise OSError("measured nothing")
    bench.program, bench.measure, bench.Quiet = lambda: "soukd", begun, lambda _: types.SimpleNamespace(wait=str)
    sys.argv = ["run", "events", "dashboard", "--samples", "10"]
    try:
        with contextlib.redirect_stdout(heard):
            bench.main()
    except SystemExit as ended:
        expect(str(ended) == "not measured: events, dashboard" and heard.getvalue().count("measured nothing") == 2, f"{ended}: {heard.getvalue()}")
    finally:
        signal.alarm(0)


def all_parts_fit_into_the_limit():
    minutes = sum(part.minutes(part.samples) for part in bench.PARTS.values())
    sys.argv = ["run"]
    expect(minutes <= 0.8 * bench.arguments().limit, f"{minutes} minutes")


def what_was_not_run_has_a_row():
    figure = Figure("ready-woocommerce", "Create to Ready", None, "s", aim=25, n=0, details="no archive")
    figure.command, figure.before = "tests/bench/run ready", ""
    with tempfile.NamedTemporaryFile("w+") as page:
        page.write((ROOT / "docs/reference/performance.md").read_text())
        page.flush()
        write_page(page.name, [figure], {})
        row = next(line for line in Path(page.name).read_text().splitlines() if "ready-woocommerce" in line)
    expect(row.endswith("Create to Ready | 25.0 s | not run | 0 | `tests/bench/run ready` | no archive |"), row)


def the_page_has_no_p99_of_too_few():
    """By hand or by --write: a row that speaks of a p99 counts 1,000 samples."""
    rows = [line.split(" | ") for line in (ROOT / "docs/reference/performance.md").read_text().splitlines() if line.startswith("| <a id=")]
    few = [row[0] for row in rows if "p99" in " ".join(row) and int(row[3]) < 1000]
    expect(len(rows) >= 10 and not few, f"{len(rows)} rows; of too few samples: {few}")


checks.run("each part begins with about how long it takes", each_part_begins_with_an_estimate)
checks.run("all parts fit well into the limit of time", all_parts_fit_into_the_limit)
checks.run("too few samples have no p99", few_samples_have_no_p99)
checks.run("what was not run has a row that says so", what_was_not_run_has_a_row)
checks.run("the page of figures has no p99 of too few samples", the_page_has_no_p99_of_too_few)
checks.finish()
