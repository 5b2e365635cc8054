"""What the parts of the bench share: figures and how they are printed, percentiles, the state of the machine, waiting for quiet."""
import math
import os
import statistics
import time


ENOUGH = 1000  # samples that a p99 needs: with fewer it is one of the ten largest, which is chance


class Figure:
    """One measured number, or None: not run, and `details` say why. `aim` is what is wanted, in the same unit; `details` become the
    conditions in the reference page."""

    def __init__(self, key, title, value, unit, aim=None, n=1, details=""):
        self.key, self.title, self.value, self.unit, self.aim, self.n, self.details = key, title, value, unit, aim, n, details

    @property
    def missed(self):
        return None not in (self.aim, self.value) and self.value > self.aim

    def text(self, number):
        return "not run" if number is None else f"{shown(number)} {self.unit}".strip()


def shown(number):
    if number >= 100:
        return f"{number:.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def percentile(values, share):
    """Nearest rank: a value that was really measured."""
    if share >= 0.99 and len(values) < ENOUGH:
        raise AssertionError(f"a p{share * 100:.0f} needs {ENOUGH} samples, there are {len(values)}")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values):
    return statistics.median(values)


def spread(values, unit="", factor=1.0):
    """Least, median and largest, for people; of enough samples the p99 instead of the least."""
    many = [value * factor for value in values]
    middle, largest = f"p50 {shown(percentile(many, 0.5))}", f"largest {shown(max(many))} {unit}".rstrip()
    if len(many) < ENOUGH:
        return f"least {shown(min(many))}, {middle}, {largest}"
    return f"{middle}, p99 {shown(percentile(many, 0.99))}, {largest}"


def busy_share(seconds):
    """How busy the processors are, 0 to 1, over the next seconds."""
    def read():
        fields = [int(field) for field in open("/proc/stat").readline().split()[1:9]]
        return sum(fields), fields[3] + fields[4]  # idle and waiting for disks
    total, idle = read()
    time.sleep(seconds)
    total_after, idle_after = read()
    return 1 - (idle_after - idle) / max(total_after - total, 1)


def load():
    return f"load {os.getloadavg()[0]:.1f}"


class Quiet:
    """Waits until others leave the machine alone; gives up after `patience` seconds in all and says how busy it is then."""

    def __init__(self, patience, threshold=0.25):
        self.left, self.threshold, self.seen = patience, threshold, []

    def wait(self):
        while True:
            started = time.monotonic()
            busy = busy_share(2)
            if busy <= self.threshold or self.left <= 0:
                self.seen.append(f"{busy * 100:.0f} %")
                return f"{busy * 100:.0f} % busy before, {load()}"
            time.sleep(1)
            self.left -= time.monotonic() - started
