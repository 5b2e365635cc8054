#!/usr/bin/env python3
"""Fails when a file of src/ includes what its layer may not (ARCHITECTURE.md), or holds what the whole tree may not."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "src"
MAY = {
    "core": {"core"},
    "app": {"app", "core"},
    "runtime": {"runtime", "core"},
    "adapters": {"app", "core", "runtime"},  # and itself, never another adapter
    "client": {"client", "core", "runtime"},
    "cli": {"cli", "client", "core", "runtime"},
    "daemon": {"daemon", "adapters", "app", "core", "runtime"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)
# Text -> the layers that may hold it; every other use is an error.
RESERVED = {
    r"\bco_(await|return|yield)\b": set(),
    r"\bstd::regex\b": set(),
    r"\bstd::(thread|jthread)\b": {"runtime", "daemon"},
    r"\b(std::)?getenv\s*\(": {"daemon", "cli"},
    r"\bstd::system\s*\(|\bpopen\s*\(": set(),
    r"\bthis_thread::sleep_|\busleep\s*\(": {"runtime"},
}
PRODUCT = re.compile(r"\b(Store|Engine|Plan|Release)(Id|Table|Name|Pack)?\b|souk_stores|souk\.dev")


def layer_of(path):
    parts = path.relative_to(ROOT).parts
    return ("adapters", parts[1]) if parts[0] == "adapters" else (parts[0], None)


def problems(path):
    layer, adapter = layer_of(path)
    text = path.read_text(encoding="utf-8")
    is_test = path.name.endswith("_test.cpp") or "_test_" in path.name or path.name.startswith("test_")
    for include in INCLUDE.findall(text):
        top = include.split("/")[0]
        if top == "tests" and is_test:
            continue
        same_adapter = layer == "adapters" and include.startswith(f"adapters/{adapter}/")
        if top not in MAY[layer] and not same_adapter:
            yield f'includes "{include}", which {layer} may not'
    code = re.sub(r"//[^\n]*", "", text)
    for pattern, allowed in RESERVED.items():
        if layer not in allowed and not is_test and re.search(pattern, code):
            yield f"holds {pattern}, which only {sorted(allowed) or 'nobody'} may"
    if layer == "runtime" and not is_test and PRODUCT.search(code):
        yield f"knows a product word: {PRODUCT.search(code).group(0)}"


def main():
    found = [f"{path.relative_to(ROOT.parent)}: {problem}"
             for path in sorted(ROOT.rglob("*.[ch]pp")) for problem in problems(path)]
    print("\n".join(found) if found else "layers hold")
    return 1 if found else 0


sys.exit(main())
