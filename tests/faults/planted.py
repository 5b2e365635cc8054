"""`listed.against_code` finds what has no fault point: each thing is planted into a copy of the sources."""
import shutil
import tempfile
from pathlib import Path

import listed
from souk import expect

PAGE = listed.PAGE.relative_to(listed.ROOT)


def added(path, text):
    """At the end of a file, which may be a new one."""
    def change(root):
        with (root / path).open("a") as file:
            file.write(text)
    return change


def replaced(path, old, new):
    def change(root):
        text = (root / path).read_text()
        expect(text.count(old) >= 1, f"{path} has no {old!r}")
        (root / path).write_text(text.replace(old, new, 1))
    return change


# What is planted: (change, the only thing that is found).
CASES = {
    "nothing in the sources as they are": (lambda root: None, []),
    "a commit without a name": (
        added("src/app/planted.cpp", "auto done = tx->commit();\n"), ["src/app/planted.cpp:1 commits without a name: ''"]),
    "a commit whose name no reader can tell": (
        added("src/app/planted.cpp", "\nauto done = tx.commit(name_of(store));\n"),
        ["src/app/planted.cpp:2 commits without a name: 'name_of(store)'"]),
    "a commit that the page does not name": (
        added("src/app/planted.cpp", 'auto done = tx->commit("planted");\n'), [f"commit.planted is in the code and not in {PAGE.name}"]),
    "a call of Helm without a point": (
        replaced("src/app/ports/helm_driver.hpp", "class HelmDriver {\npublic:\n",
                 "class HelmDriver {\npublic:\n    virtual Result<> planted(std::stop_token stop) = 0;\n"),
        ["helm.planted has no point around it"]),
    "a decorator that names another call": (
        replaced("src/app/faults/faulting_helm_driver.hpp", '"helm.rollback"', '"helm.remove"'),
        ["helm.rollback has no point around it", f"helm.rollback is in {PAGE.name} and not in the code"]),
    "a new kind that is written": (
        added("src/adapters/kube/planted.cpp", "auto made = api_.create(path_of(kConfigMap, ns), object, stop);\n"),
        [f"kube.create.configmaps is in the code and not in {PAGE.name}"]),
    "a write whose kind no reader can tell": (
        added("src/adapters/kube/planted.cpp", "auto gone = api_.remove(somewhere, {}, stop);\n"),
        ["planted.cpp: the kind of api_.remove(somewhere cannot be told"]),
    "a private file without a point": (
        added("src/daemon/first_start.cpp", "auto kept = write_private_file(path, text);\n"),
        ["4 private files are written, 3 have a point"]),
    "a row without a point": (
        replaced(PAGE, "| `commit.admit` |", "| `commit.planted` | nothing | create |\n| `commit.admit` |"),
        [f"commit.planted is in {PAGE.name} and not in the code"])}


def finds(change, wanted):
    """That and nothing else."""
    real = listed.ROOT, listed.PAGE
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(listed.ROOT / "src", root / "src")
        (root / PAGE).parent.mkdir(parents=True)
        shutil.copy(listed.PAGE, root / PAGE)
        change(root)
        try:
            listed.ROOT, listed.PAGE = root, root / PAGE
            found = listed.against_code()
        finally:
            listed.ROOT, listed.PAGE = real
    expect(found == wanted, f"found {found}, not {wanted}")
