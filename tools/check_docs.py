#!/usr/bin/env python3
"""Fails when docs/reference/phases.md and src/core/store/phase.hpp differ, when a relative link in a *.md leads nowhere, or when the map of
ARCHITECTURE.md lacks a folder."""
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
HEADER = ROOT / "src/core/store/phase.hpp"
PAGE = ROOT / "docs/reference/phases.md"
FENCE = re.compile(r"^( {0,3})(```+|~~~+).*?^ {0,3}\2[`~]*\s*$|^( {0,3})(```+|~~~+).*\Z", re.M | re.S)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^ {0,3}\[[^\]^]+\]:\s*<?([^\s>]+)", re.M)


def moves_of_header(text):
    """{phase: phases it may move to}, from the switch of can_move."""
    names = re.search(r"enum class Phase \{([^}]*)\}", text)
    body = re.search(r"can_move\(Phase from, Phase to\) \{(.*?)^\}", text, re.M | re.S)
    if not names or not body:
        sys.exit(f"{HEADER.name}: enum Phase or can_move is not where it was; teach tools/check_docs.py")
    moves = {name: set() for name in re.findall(r"\w+", names.group(1))}
    for phase, result in re.findall(r"case Phase::(\w+):\s*return ([^;]*);", body.group(1)):
        moves[phase] = set(re.findall(r"to == Phase::(\w+)", result))
    return moves


def moves_of_table(text, known):
    section = re.search(r"^## Moves$(.*?)(?=^## |\Z)", text, re.M | re.S)
    rows = re.findall(r"^\| (\w+) \| ([\w, ]+) \|$", section.group(1) if section else "", re.M)
    return {start: set(re.findall(r"\w+", ends)) - {"nothing"} for start, ends in rows if start in known}


def moves_of_drawing(text, known):
    moves = {name: set() for name in known}
    for start, end in re.findall(r"^\s+(\w+) --> (\w+)$", text, re.M):
        moves.setdefault(start, set()).add(end)
    return moves


def phase_problems():
    want = moves_of_header(HEADER.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    for what, have in (("table", moves_of_table(page, want)), ("drawing", moves_of_drawing(page, want))):
        for phase in sorted(want.keys() | have.keys()):
            if phase not in have:
                yield f"{PAGE.relative_to(ROOT)}: the {what} does not know {phase}"
            elif want.get(phase) != have[phase]:
                yield (f"{PAGE.relative_to(ROOT)}: the {what} moves {phase} to {sorted(have[phase])}, "
                       f"{HEADER.relative_to(ROOT)} to {sorted(want.get(phase) or [])}")


def anchors_of(text):
    """The anchors GitHub gives a page's headings."""
    anchors, seen = set(), {}
    for title in re.findall(r"^#{1,6} +(.*?)\s*#*$", FENCE.sub("", text), re.M):
        title = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()
        anchor = re.sub(r"[^\w\- ]", "", title).replace(" ", "-")
        count = seen[anchor] = seen.get(anchor, -1) + 1
        anchors.add(anchor if count == 0 else f"{anchor}-{count}")
    return anchors


def link_problems(page):
    text = re.sub(r"<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"(`+)[^`].*?\1", "", FENCE.sub("", text))
    for inline, reference in LINK.findall(text):
        link = unquote(inline or reference)
        if re.match(r"[a-z][a-z0-9+.-]*:|//", link, re.I):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / path.lstrip("/") if path.startswith("/") else page.parent / path).resolve() if path else page
        if not target.exists():
            yield f"{page.relative_to(ROOT)}: nothing is at {link}"
        elif not target.is_relative_to(ROOT):
            yield f"{page.relative_to(ROOT)}: {link} leads out of the repository"
        elif anchor and target.suffix == ".md" and anchor not in anchors_of(target.read_text(encoding="utf-8")):
            yield f"{page.relative_to(ROOT)}: {target.relative_to(ROOT)} has no heading for #{anchor}"


def map_problems(text, files):
    """Folders of the first level, and those below tests/ and tools/, that the map does not name as `folder/`."""
    drawing = re.search(r"^## 1\. The map\n+```\n(.*?)^```", text, re.M | re.S)
    places = dict(re.findall(r"^([\w.-]+)/(.*(?:\n .*)*)", drawing.group(1), re.M)) if drawing else {}
    folders = {tuple(file.split("/")[:-1][:2]) for file in files} - {()}
    for first in sorted({parts[0] for parts in folders} - places.keys()):
        yield f"ARCHITECTURE.md: the map does not name {first}/"
    for parts in sorted(folders):
        if len(parts) == 2 and parts[0] in {"tests", "tools"} & places.keys() and not re.search(rf"(?<![\w/.-]){re.escape(parts[1])}/", places[parts[0]]):
            yield f"ARCHITECTURE.md: the map does not name {parts[0]}/{parts[1]}/"


def listed(*patterns):
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "--deduplicate", "-z", *patterns], cwd=ROOT, check=True,
                           capture_output=True, text=True).stdout.split("\0")
    return sorted(name for name in names if name and (ROOT / name).exists())


def main():
    pages = [ROOT / name for name in listed("*.md")]
    found = [*phase_problems(), *map_problems((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), listed()), *(problem for page in pages for problem in link_problems(page))]
    print("\n".join(found) if found else "docs hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
