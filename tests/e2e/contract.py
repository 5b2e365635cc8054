"""Answers and examples against the schemas of api/openapi.yaml."""
import json
import re
from datetime import datetime

import jsonschema
import yaml

from souk import ROOT

METHODS = ("get", "put", "post", "patch", "delete")
JSON = re.compile(r"application/(.+\+)?json$")
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def is_time(value):
    if isinstance(value, str):
        datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ" if "." in value else "%Y-%m-%dT%H:%M:%SZ")
    return True


@FORMATS.checks("uri")
def is_uri(value):
    return not isinstance(value, str) or re.fullmatch(r"https?://[^\s/]+(/\S*)?", value) is not None


@FORMATS.checks("int64")
def is_int64(value):
    return not isinstance(value, int) or -2**63 <= value < 2**63


def closed(node):
    """The same, but what is open for clients is not for a test: no members and no words that the contract does not name."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: closed(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict):
        made.setdefault("additionalProperties", False)
    if "x-extensible-enum" in node:
        made["enum"] = node["x-extensible-enum"]
    return made


class Contract:
    def __init__(self, text=None):
        self.document = closed(yaml.safe_load(text or (ROOT / "api/openapi.yaml").read_text()))
        jsonschema.Draft202012Validator.check_schema({"$defs": self.document["components"]["schemas"]})
        # A path with parameters comes after one without, or `/events/ws` could be taken for an id.
        self.paths = [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path, item)
                      for path, item in sorted(self.document["paths"].items(), key=lambda entry: entry[0].count("{"))]
        self.seen = set()  # (operation, status) of every answer that was compared
        self.schemas = set()  # every named schema that was compared with something

    def resolved(self, node):
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def problems(self, value, schema):
        """What is wrong, with its place; the first few."""
        self.note(schema)
        # References lead from the root, so the root is a part of the schema.
        whole = {**schema, "components": self.document["components"]}
        found = jsonschema.Draft202012Validator(whole, format_checker=FORMATS).iter_errors(value)
        return [f"{error.json_path}: {error.message[:300]}" for error, _ in zip(found, range(5))]

    def note(self, node):
        if isinstance(node, list):
            for item in node:
                self.note(item)
        elif isinstance(node, dict):
            name = node.get("$ref", "").removeprefix("#/components/schemas/")
            if name and name not in self.schemas:
                self.schemas.add(name)
                self.note(self.resolved(node))
            for item in node.values():
                self.note(item)

    def operation(self, method, path):
        for pattern, _, item in self.paths:
            if pattern.match(path) and method.lower() in item:
                return item[method.lower()]
        return None

    def check_answer(self, method, target, body, status, headers, document):
        """Raises AssertionError when the answer, or a request that was accepted, is not as the contract says."""
        what = f"{method} {target.split('?')[0]} {status}"
        operation = self.operation(method, target.split("?")[0])
        kind = (headers.get("Content-Type") or "").split(";")[0]
        if operation is None:  # an unknown path or method
            response = self.document["components"]["responses"]["Problem"]
        else:
            responses = operation["responses"]
            found = responses.get(str(status), responses.get("default") if status >= 400 else None)
            if found is None:
                raise AssertionError(f"{what}: the contract has no such answer")
            response = self.resolved(found)
            self.seen.add((operation["operationId"], status))
        content = response.get("content", {})
        if content and kind not in content:
            raise AssertionError(f"{what}: type {kind!r}, the contract has {list(content)}")
        wrong = self.problems(document, content[kind]["schema"]) if content else []
        if operation and status < 300 and isinstance(body, dict):
            accepted = self.resolved(operation.get("requestBody", {})).get("content", {}).get("application/json")
            wrong += self.problems(body, accepted["schema"]) if accepted else ["a body where the contract has none"]
        if wrong:
            raise AssertionError(f"{what} is not as the contract says: {'; '.join(wrong)}")

    def check_event(self, event, schema="Event"):
        wrong = self.problems(event, {"$ref": f"#/components/schemas/{schema}"})
        if wrong:
            raise AssertionError(f"an event is not as the contract says: {'; '.join(wrong)}: {json.dumps(event)}")

    def wrong_examples(self):
        """(number of examples, [what is wrong])"""
        count, wrong = 0, []

        def compare(place, value, schema):
            nonlocal count
            count += 1
            wrong.extend(f"{place}: {problem}" for problem in self.problems(value, schema))

        def walk(place, node):
            if isinstance(node, list):
                for index, item in enumerate(node):
                    walk(f"{place}/{index}", item)
            if not isinstance(node, dict):
                return
            if isinstance(node.get("examples"), list):
                for value in node["examples"]:
                    compare(place, value, node)
            if isinstance(node.get("schema"), dict):
                values = [node["example"]] if "example" in node else []
                for value in values + [entry["value"] for entry in node.get("examples", {}).values()]:
                    compare(place, value, node["schema"])
                    if place.endswith("text/event-stream"):
                        data = re.search(r"^data: (.*)$", value, re.M)
                        compare(place, json.loads(data[1]), {"$ref": "#/components/schemas/Event"})
            for key, item in node.items():
                walk(f"{place}/{key}", item)

        walk("", self.document)
        return count, wrong

    def never_seen(self):
        """Operations without a good answer, and named schemas that were compared with nothing."""
        good = {name for name, status in self.seen if status < 300}
        operations = {item[method]["operationId"] for _, _, item in self.paths for method in METHODS if method in item}
        return sorted(operations - good), sorted(set(self.document["components"]["schemas"]) - self.schemas)
