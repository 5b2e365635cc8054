"""The plans' numbers, read from src/core/plan: no second list to keep."""
import re
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "core" / "plan"


def cpu(text):
    """CPUs of a Kubernetes quantity."""
    text = str(text)
    return float(text[:-1]) / 1000 if text.endswith("m") else float(text)


def mib(text):
    """MiB of a Kubernetes quantity in Ki, Mi or Gi."""
    return float(text[:-2]) * {"Ki": 1 / 1024, "Mi": 1, "Gi": 1024}[text[-2:]]


@dataclass(frozen=True)
class Need:
    """CPUs, MiB, and counts: what a plan has, or what pods and claims ask for."""
    requests_cpu: float = 0
    requests_memory: float = 0
    limits_cpu: float = 0
    limits_memory: float = 0
    pods: int = 0
    volume_claims: int = 0
    storage: float = 0

    def __add__(self, other):
        return Need(*(a + b for a, b in zip(self.numbers(), other.numbers())))

    def __mul__(self, times):
        return Need(*(a * times for a in self.numbers()))

    def numbers(self):
        return tuple(vars(self).values())

    def above(self, plan):
        """What is more than the plan has, as text; empty: it fits."""
        return ", ".join(f"{name} {mine:g} of {its:g}" for (name, mine), its in zip(vars(self).items(), plan.numbers()) if mine > its)


@dataclass(frozen=True)
class Plan:
    name: str
    has: Need
    container_cpu: float     # the most one container may have
    container_memory: float
    default: Need            # what a pod gets whose one container names no numbers


def plans():
    """{name: Plan}, as soukd has them."""
    defaults = fields(r"(\w+) = (\"[^\"]*\"|\d+);", (SOURCE / "plan.hpp").read_text())
    found = {}
    for body in re.findall(r"Plan \w+\{(.*?)\};", (SOURCE / "plan.cpp").read_text(), re.S):
        plan = make({**defaults, **fields(r"\.(\w+) = (\"[^\"]*\"|\d+)", body)})
        found[plan.name] = plan
    if not found:
        raise ValueError(f"no plans in {SOURCE / 'plan.cpp'}")
    return found


def fields(pattern, text):
    return {name: value.strip('"') for name, value in re.findall(pattern, text)}


def make(f):
    return Plan(
        f["name"],
        Need(cpu(f["requests_cpu"]), mib(f["requests_memory"]), cpu(f["limits_cpu"]), mib(f["limits_memory"]), int(f["pods"]),
             int(f["volume_claims"]), mib(f["storage"])),
        cpu(f["container_max_cpu"]), mib(f["container_max_memory"]),
        Need(cpu(f["default_request_cpu"]), mib(f["default_request_memory"]), cpu(f["default_limit_cpu"]), mib(f["default_limit_memory"]), 1))
