"""The fault points three ways: as the code has them, as the reference page lists them, and what a looking call is."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/reference/fault-points.md"
APP = ROOT / "src/app"
DECORATED = {"cluster": ("Cluster", "ports/cluster.hpp", "faults/faulting_cluster.hpp"),
             "helm": ("HelmDriver", "ports/helm_driver.hpp", "faults/faulting_helm_driver.hpp")}
# The adapter that makes a commit real, and the decorator itself: no names of their own.
NOT_NAMED_HERE = ("src/adapters/sql/", "src/app/faults/")


def without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)


def arguments(text, start):
    """The arguments of the call whose opening bracket is at `start`, split at the outermost commas."""
    depth, quoted, current, found = 0, False, "", []
    for at in range(start, len(text)):
        char = text[at]
        if quoted:
            quoted = char != '"' or text[at - 1] == "\\"
        elif char == '"':
            quoted = True
        elif char in "([{":
            depth += 1
            if depth == 1:
                continue
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                return found + [current.strip()] if current.strip() else found
        elif char == "," and depth == 1:
            found.append(current.strip())
            current = ""
            continue
        current += char
    raise AssertionError("a call without an end")


def commits():
    """{name: [places]} of every commit in src/. A commit whose name is no literal must be a parameter `commit_name`, and then
    every call of that function is one, too."""
    sources = {}
    for path in sorted((ROOT / "src").rglob("*.[ch]pp")):
        place = str(path.relative_to(ROOT))
        if not place.startswith(NOT_NAMED_HERE) and not re.search(r"_test\.cpp$", place):
            sources[place] = without_comments(path.read_text())
    forwarders = set()
    for text in sources.values():
        forwarders.update(re.findall(r"\b(\w+)\([^;{}()]*(?:\([^()]*\)[^;{}()]*)*std::string_view commit_name\)", text))
    names, wrong = {}, []
    for place, text in sources.items():
        # A forwarder is a function of the use cases; methods and other layers may have its name.
        called = r"(?:\.|->)commit\s*\("
        if place.startswith("src/app/") and forwarders:
            called += r"|(?<![\w.>:])(?<!virtual Result<> )(?:%s)\s*\(" % "|".join(sorted(forwarders))
        called = re.compile(called)
        for call in called.finditer(text):
            given = arguments(text, call.end() - 1)
            line = f"{place}:{text.count(chr(10), 0, call.start()) + 1}"
            last = given[-1] if given else ""
            if re.fullmatch(r'"[a-z_]+"', last):
                names.setdefault(last.strip('"'), []).append(line)
            elif last not in ("commit_name", "std::string_view commit_name"):
                wrong.append(f"{line} commits without a name: {last!r}")
    return names, wrong


def calls_of(port, header):
    """(calls that change something, calls that only look) of a port. A change answers no value: `Result<>`."""
    text = without_comments((APP / header).read_text())
    body = re.search(r"class %s \{(.*?)\n\};" % port, text, re.S).group(1)
    methods = re.findall(r"virtual\s+([\w:<>, ]+?)\s+(\w+)\s*\(", body)
    declared = body.count("virtual ") - body.count("virtual ~")
    if len(methods) != declared:
        raise AssertionError(f"{header}: {declared} virtual calls, {len(methods)} of them understood")
    changing = [name for kind, name in methods if kind == "Result<>"]
    return changing, [name for kind, name in methods if kind != "Result<>"]


def decorated(header, prefix):
    """{call: its point} of a decorator, each with both its ends."""
    text = without_comments((APP / header).read_text())
    ends = re.findall(r'reach_\((.*?)\);', text)
    if len(ends) != 2 or not (ends[0].endswith('".before"') and ends[1].endswith('".after"')):
        raise AssertionError(f"{header}: the point is not reached before and after the call: {ends}")
    found = {}
    for call, point, inner in re.findall(r'Result<> (\w+)\([^{]*\{\s*return around\("([\w.]+)", \[&\] \{ return inner_\.(\w+)\(', text):
        if call != inner:
            raise AssertionError(f"{header}: {call} calls {inner}")
        found[call] = point if point.startswith(prefix + ".") else f"{prefix}.{point}"
    return found


def in_code():
    """(points without `.before`/`.after`, what is wrong)"""
    names, wrong = commits()
    points = {f"commit.{name}" for name in names}
    wrong += [f"the name commit.{name} is used twice: {', '.join(places)}" for name, places in names.items() if len(places) > 1]
    looks = set(table()[1])
    for prefix, (port, header, decorator) in DECORATED.items():
        changing, looking = calls_of(port, header)
        around = decorated(decorator, prefix)
        for call in changing:
            if f"{prefix}.{call}" in looks:
                continue
            if call not in around:
                wrong.append(f"{prefix}.{call} changes something and {decorator} has no point around it")
            elif around[call] != f"{prefix}.{call}":
                wrong.append(f"{decorator}: the point of {call} is called {around[call]}")
            else:
                points.add(around[call])
        wrong += [f"{prefix}.{call} is neither a look in {PAGE.name} nor around a point" for call in looking
                  if f"{prefix}.{call}" not in looks]
        wrong += [f"{prefix}.{call} is called a look and has a point" for call in around if f"{prefix}.{call}" in looks]
    return points, wrong


def table():
    """({point: flows}, [looks]) of the reference page."""
    text = PAGE.read_text()
    rows = re.findall(r"^\| `([a-z_.]+)` \| ([^|]+) \| ([^|]+) \|$", text, re.M)
    points = {}
    for point, around, flows in rows:
        if point in points or not around.strip():
            raise AssertionError(f"{PAGE.name}: {point} stands twice or says nothing")
        points[point] = {flow.strip() for flow in flows.split(",")}
    looks = re.search(r"^Looks, without points: (.*?)\.$", text, re.M | re.S)
    return points, re.findall(r"`([\w.]+)`", looks.group(1))
