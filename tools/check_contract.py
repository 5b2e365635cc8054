#!/usr/bin/env python3
"""Fails when api/openapi.yaml takes back what api/promises.txt says that clients may rely on, or when that list lacks something of it.

    tools/check_contract.py                  the check
    tools/check_contract.py --write          adds to the list what is new in the contract; refuses what would break clients
    tools/check_contract.py --write --break  also then; CHANGELOG.md must name it

Words of the list: `has` an operation, `takes` (it may be sent), `wants` (it must be sent), `gives` (it may come), `always` (it comes each time).
A client breaks when one of them but `wants` is gone, when something that was there wants more, or when what came has another type."""
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
CONTRACT, PROMISES = ROOT / "api/openapi.yaml", ROOT / "api/promises.txt"
METHODS = ("get", "put", "post", "patch", "delete")


class Promises:
    """The lines of one contract. What is said of a component stands there once for all that take it, and once for all that give it."""

    def __init__(self, document):
        self.document, self.lines, self.seen = document, set(), set()
        for path, item in document["paths"].items():
            for method in METHODS:
                if method in item:
                    self._operation(f"{method.upper()} {path}", item[method], item.get("parameters", []))

    def _resolved(self, node):
        while "$ref" in node:
            found = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            node = found
        return node

    def _operation(self, name, operation, shared):
        self.lines.add(f"has {name}")
        for parameter in map(self._resolved, [*shared, *operation.get("parameters", [])]):
            what = f"{name} {parameter['in']} {parameter['name']}"
            self._schema("takes", what, parameter["schema"])
            if parameter.get("required") and parameter["in"] != "path":
                self.lines.add(f"wants {what}")
        body = self._resolved(operation.get("requestBody", {}))
        if body.get("required"):
            self.lines.add(f"wants {name} body")
        for form, content in body.get("content", {}).items():
            self._schema("takes", f"{name} body {form}", content.get("schema", {}))
        for status, answer in operation["responses"].items():
            answer = self._resolved(answer)
            if status.startswith("2"):
                self.lines.add(f"always {name} {status}")
            for form, content in answer.get("content", {}).items():
                self._schema("gives", f"{name} {status} {form}", content.get("schema", {}))

    def _schema(self, verb, name, schema):
        if "$ref" in schema:
            component = schema["$ref"].rsplit("/", 1)[1]
            self.lines.add(f"{verb} {name} as {component}")
            if (verb, component) in self.seen:
                return
            self.seen.add((verb, component))
            return self._schema(verb, component, self._resolved(schema))
        for one in schema.get("oneOf", []):
            self._schema(verb, name, one)
        types = schema.get("type", [])
        for kind in [types] if isinstance(types, str) else types:
            self.lines.add(f"{verb} {name} as {kind}")
        for word in schema.get("enum", schema.get("x-extensible-enum", [])):
            self.lines.add(f"{verb} {name} word {word}")
        for field, inner in schema.get("properties", {}).items():
            self._schema(verb, f"{name}.{field}", inner)
        for field in schema.get("required", []):
            self.lines.add(f"{'always' if verb == 'gives' else 'wants'} {name}.{field}")
        if "items" in schema:
            self._schema(verb, f"{name}[]", schema["items"])
        if isinstance(schema.get("additionalProperties"), dict):
            self._schema(verb, f"{name}.*", schema["additionalProperties"])


def holder(line):
    """What a `wants` belongs to: an operation, or a component or body with its fields."""
    name = line.split(" ", 1)[1]
    return name.rpartition(".")[0] if "." in name.rsplit("/", 1)[-1] else " ".join(name.split(" ")[:2])


def broken(before, now):
    """What a client of `before` cannot rely on any more; both are sets of lines."""
    known = {line.split(" as ")[0].split(" ", 1)[1] for line in before if line.startswith("takes ")} | {line[4:] for line in before if line.startswith("has ")}
    given = {line.split(" as ")[0] for line in before if line.startswith("gives ") and " as " in line}
    gone = [f"gone: {line}" for line in before - now if not line.startswith("wants ")]
    wanted = [f"new: {line}" for line in now - before if line.startswith("wants ") and holder(line) in known]
    other = [f"new: {line}" for line in now - before if line.startswith("gives ") and " as " in line and line.split(" as ")[0] in given]
    return sorted(gone + wanted + other)


def main(arguments):
    if not set(arguments) <= {"--write", "--break"}:
        sys.exit(__doc__)
    now = Promises(yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))).lines
    before = set(PROMISES.read_text(encoding="utf-8").splitlines()) if PROMISES.exists() else set()
    problems = broken(before, now)
    if problems and "--break" not in arguments:
        sys.exit("\n".join([f"{CONTRACT.relative_to(ROOT)} breaks its clients:", *(f"    {problem}" for problem in problems)]))
    if "--write" in arguments:
        PROMISES.write_text("".join(f"{line}\n" for line in sorted(now)), encoding="utf-8")
    elif before != now:
        sys.exit(f"{PROMISES.relative_to(ROOT)} is not what {CONTRACT.relative_to(ROOT)} promises: run tools/check_contract.py --write")
    print("the contract holds")


if __name__ == "__main__":
    main(sys.argv[1:])
