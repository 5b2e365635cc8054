"""The fault points twice: as the code has them and as the reference page lists them."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/reference/fault-points.md"
# What makes a commit real, under a name that it was given.
NOT_NAMED_HERE = ("src/adapters/sql/sql_transaction.cpp", "src/adapters/sql/migrations.cpp")


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


def migrations():
    """(the point of a migration's commit, what is wrong)"""
    text = without_comments((ROOT / "src/adapters/sql/migrations.cpp").read_text())
    right = re.findall(r'name = "(\w+)/".*?hook\(name, CommitMoment::Before\);\s*\}\s*auto done = connection\.commit\(\);', text, re.S)
    calls = len(re.findall(r"\.commit\(", text))
    return {f"commit.{name}" for name in right}, [] if len(right) == calls else [f"{calls} commits of migrations, {len(right)} have a point"]


def decorated(port, interface, decorator, prefix):
    """(points around the calls of a port, what is wrong): each call of it, under its own name."""
    text = without_comments((ROOT / "src/app/ports" / port).read_text())
    calls = set(re.findall(r"virtual [^~;]*?\b(\w+)\s*\(", re.search(rf"class {interface} \{{(.*?)\n\}};", text, re.S).group(1)))
    text = without_comments((ROOT / "src/app/faults" / decorator).read_text())
    around = re.findall(r'Result<.*> (\w+)\([^{]*\{\s*return around\(reach_, "([\w.]+)", \[&\] \{ return inner_\.(\w+)\(', text)
    right = {call for call, point, inner in around if call == inner and point == f"{prefix}.{call}"}
    return {f"{prefix}.{call}" for call in right}, [f"{prefix}.{call} has no point around it" for call in sorted(calls - right)]


def kube_writes():
    """(points of the writes whose kind the code names, what is wrong). That every write has a point is the decorator's work; this
    finds those that no flow passes. Objects of the fence come from a list, and every creation passes all of them."""
    folder = ROOT / "src/adapters/kube"
    plurals = dict(re.findall(r'Kind (k\w+)\{"\w+", "[^"]+", "(\w+)"\}', (folder / "kinds.hpp").read_text()))
    client = without_comments((folder / "api_client.cpp").read_text())
    verbs = {name for name, body in re.findall(r"^[^\n]*ApiClient::(\w+)\((.*?)^\}", client, re.M | re.S)
             if re.search(r'\{"(?:POST|PUT|PATCH|DELETE)"', body)}
    points, wrong, calls = set(), [], 0
    for path in sorted(folder.glob("*.cpp")):
        text = without_comments(path.read_text())
        for call in re.finditer(r"\bapi_\.(%s)\s*\(|\bapply_patiently\s*\((?=path_of)" % "|".join(verbs), text):
            calls += 1
            target = arguments(text, call.end() - 1)[0]
            kind = re.match(r"path_of\((k\w+)", target)
            if kind:
                points.add(f"kube.{call.group(1) or 'apply'}.{plurals[kind.group(1)]}")
            elif target != "path" and not target.startswith("path_of(*wanted.kind"):
                wrong.append(f"{path.name}: the kind of {call.group(0)}{target} cannot be told")
    if not {"create", "apply", "merge_patch", "remove"} <= verbs or calls < 10:
        wrong.append(f"the writes of {folder.name} are not found any more: {sorted(verbs)}, {calls} calls")
    return points, wrong


def files():
    """(points of the files of the first start, what is wrong)"""
    text = without_comments((ROOT / "src/daemon/first_start.cpp").read_text())
    points = re.findall(r'around\(reach, "(file\.\w+)",\s*\[&\] \{\s*return write_private_file\(', text)
    calls = len(re.findall(r"\bwrite_private_file\(", text)) - 1
    return set(points), [] if calls == len(set(points)) else [f"{calls} private files are written, {len(set(points))} have a point"]


def against_code():
    """What is wrong between the page and the code."""
    rows = table()
    names, wrong = commits()
    wrong += [f"the name commit.{name} is used twice: {', '.join(places)}" for name, places in names.items() if len(places) > 1]
    points = {f"commit.{name}" for name in names}
    for found, problems in (migrations(), decorated("helm_driver.hpp", "HelmDriver", "faulting_helm_driver.hpp", "helm"),
                            decorated("engines.hpp", "EngineChecks", "faulting_engine_checks.hpp", "checks"), kube_writes(), files()):
        points |= found
        wrong += problems
    wrong += [f"{point} is in the code and not in {PAGE.name}" for point in sorted(points - set(rows))]
    return wrong + [f"{point} is in {PAGE.name} and not in the code" for point in sorted(set(rows) - points)
                    if not point.startswith("kube.")]  # of those, one that is too many is never passed


def table():
    """{point: flows} of the reference page."""
    points = {}
    for point, around, flows in re.findall(r"^\| `([a-z_.]+)` \| ([^|]+) \| ([^|]+) \|$", PAGE.read_text(), re.M):
        if point in points or not around.strip():
            raise AssertionError(f"{PAGE.name}: {point} stands twice or says nothing")
        points[point] = {flow.strip() for flow in flows.split(",")}
    return points


def row_of(place):
    """kube.create.secrets/souk-admin.before: (kube.create.secrets, before)"""
    point, end = place.rsplit(".", 1)
    return point.split("/")[0], end
