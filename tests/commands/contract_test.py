#!/usr/bin/env python3
"""tools/check_contract.py: what would break clients is found, what only adds is not. Each change is made to a copy of the contract."""
import copy
import importlib.machinery
import subprocess
import sys
import types
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/e2e"))
sys.dont_write_bytecode = True
from souk import Checks, expect  # noqa: E402

loader = importlib.machinery.SourceFileLoader("contract", str(ROOT / "tools/check_contract.py"))
contract = types.ModuleType(loader.name)
contract.__file__ = str(ROOT / "tools/check_contract.py")
loader.exec_module(contract)
DOCUMENT = yaml.safe_load(contract.CONTRACT.read_text())
BEFORE = contract.Promises(DOCUMENT).lines
STORES, NEW, STORE = "/api/v1/stores", "NewStore", "Store"


def schema(document, name):
    return document["components"]["schemas"][name]


def listed(document):
    return document["paths"][STORES]["get"]


# What is changed: (how, all that is found).
CASES = {
    "nothing": (lambda d: None, []),
    "an operation that is gone": (lambda d: d["paths"][f"{STORES}/{{id}}/steps"].pop("get"), ["gone: has GET /api/v1/stores/{id}/steps"]),
    "a field of an answer that is gone": (lambda d: schema(d, "Plan")["properties"].pop("name"), ["gone: gives Plan.name as string"]),
    "a field that came always and may be missing": (lambda d: schema(d, "Plan")["required"].remove("name"), ["gone: always Plan.name"]),
    "a field of an answer with one more type": (
        lambda d: schema(d, "Plan")["properties"]["name"].update(type=["string", "null"]), ["new: gives Plan.name as null"]),
    "a field that may not be sent any more": (lambda d: schema(d, NEW)["properties"].pop("plan"), ["gone: takes NewStore.plan as string"]),
    "a field that must be sent now": (lambda d: schema(d, NEW)["required"].append("plan"), ["new: wants NewStore.plan"]),
    "a parameter that must be sent now": (
        lambda d: listed(d)["parameters"].append({"in": "query", "name": "team", "required": True, "schema": {"type": "string"}}),
        ["new: wants GET /api/v1/stores query team"]),
    "a status of success that is gone": (
        lambda d: d["paths"][STORES]["post"]["responses"].pop("202"), ["gone: always POST /api/v1/stores 202"]),
    "a word that is gone": (lambda d: schema(d, "Event")["properties"]["type"]["x-extensible-enum"].remove("store.ready"),
                            ["gone: gives Event.type word store.ready"]),
    "a new operation that wants much": (
        lambda d: d["paths"].update({"/api/v1/new": {"post": {
            "parameters": [{"in": "query", "name": "much", "required": True, "schema": {"type": "string"}}], "responses": {"204": {}}}}}), []),
    "a new field of a request and of an answer": (
        lambda d: [schema(d, name)["properties"].update(hue={"type": "string"}) for name in (NEW, "Plan")], []),
    "a field that need not be sent any more": (lambda d: schema(d, NEW)["required"].remove("engine"), []),
    "a field that takes one more type": (lambda d: schema(d, NEW)["properties"]["plan"].update(type=["string", "null"]), []),
}


def finds(change, wanted):
    document = copy.deepcopy(DOCUMENT)
    change(document)
    found = contract.broken(BEFORE, contract.Promises(document).lines)
    # What hangs on it is found as well: the fields of an answer that is gone.
    expect(set(wanted) <= set(found) and bool(wanted) == bool(found), f"found: {found}")


def the_list_is_up_to_date():
    done = subprocess.run([str(ROOT / "tools/check_contract.py")], capture_output=True, text=True)
    expect(done.returncode == 0, done.stderr)
    expect(BEFORE == set(contract.PROMISES.read_text().splitlines()), "the list is another")


checks = Checks()
checks.run("the list is what the contract promises", the_list_is_up_to_date)
for name, case in CASES.items():
    checks.run(f"{'found' if case[1] else 'not found'}: {name}", lambda case=case: finds(*case))
checks.finish()
