#!/usr/bin/env python3
"""How `make bench` reports: no p99 of too few samples, a row for what was not run."""
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests/bench"), str(ROOT / "tests/e2e")]
sys.dont_write_bytecode = True
from measure import Figure, percentile, spread  # noqa: E402
from page import write_page  # noqa: E402
from souk import Checks, expect  # noqa: E402

checks = Checks()
FEW, ENOUGH = [float(n) for n in range(1, 1000)], [float(n) for n in range(1, 1001)]


def few_samples_have_no_p99():
    expect(spread(FEW, "s") == "least 1.00, p50 500, largest 999 s", spread(FEW, "s"))
    expect(spread(ENOUGH, "s") == "p50 500, p99 990, largest 1000 s", spread(ENOUGH, "s"))
    try:
        raise SystemExit(f"a p99 of {len(FEW)} samples: {percentile(FEW, 0.99)}")
    except AssertionError as refused:
        expect("999" in str(refused), refused)


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


checks.run("too few samples have no p99", few_samples_have_no_p99)
checks.run("what was not run has a row that says so", what_was_not_run_has_a_row)
checks.run("the page of figures has no p99 of too few samples", the_page_has_no_p99_of_too_few)
checks.finish()
