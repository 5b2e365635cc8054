"""Puts measured figures into the reference page: rows and profiles of other parts stay as they are."""
import os
import re
from pathlib import Path

BEGIN, END = "<!-- figures: written by tests/bench/run --write -->", "<!-- end of figures -->"
PROFILES, PROFILES_END = "<!-- profiles: written by tests/bench/run --write -->", "<!-- end of profiles -->"
HEAD = "| Figure | Aim | Value | n | Command | Conditions |\n|---|---|---|---|---|---|\n"
ORDER = ("list", "memory-idle", "memory-full", "events", "ready-fast", "ready-tiny", "ready-medusa", "ready-woocommerce", "hundred", "hundred-ratio",
         "page-script", "page-paint", "page-interaction", "page-event", "page-heap", "page-rest")


def between(text, begin, end):
    found = re.search(re.escape(begin) + r"\n(.*?)" + re.escape(end), text, re.S)
    if not found:
        raise AssertionError(f"the page has no '{begin}'")
    return found


def row_of(figure):
    value = figure.text(figure.value)
    if figure.missed:
        value = f"**{value}** (missed)"
    aim = figure.text(figure.aim) if figure.aim is not None else "none"
    conditions = "; ".join(part for part in (figure.details, figure.before) if part)
    return f"| <a id=\"{figure.key}\"></a>{figure.title} | {aim} | {value} | {figure.n} | `{figure.command}` | {conditions} |"


def write_page(path, figures, profiles):
    text = Path(path).read_text(encoding="utf-8")
    place = between(text, BEGIN, END)
    rows = {re.search(r'id="([^"]+)"', line).group(1): line for line in place.group(1).splitlines() if line.startswith("| <a id=")}
    rows.update({figure.key: row_of(figure) for figure in figures})
    table = HEAD + "".join(rows[key] + "\n" for key in sorted(rows, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER)))
    text = text[:place.start(1)] + table + text[place.end(1):]
    place = between(text, PROFILES, PROFILES_END)
    known = {name: body.strip() for name, body in re.findall(r"^### (\S+)\n\n(.*?)\n\n(?=### |\Z)", place.group(1) + "\n", re.S | re.M)}
    known.update({name: profile.strip() for name, profile in profiles.items()})
    section = "".join(f"### {name}\n\n{known[name]}\n\n" for name in sorted(known))
    text = text[:place.start(1)] + section + text[place.end(1):]
    new = Path(f"{path}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)
