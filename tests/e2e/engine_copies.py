"""Engines for a test: the tiny one under other names, with other times and faults."""
import json
import shutil

from souk import ROOT, expect


def engine(folder, name, deadline="120s", data=False, resources=None, **test):
    """A copy of the tiny engine under another name. `test` are its faults: podLabels, podAnnotations, serviceAnnotations."""
    target = folder / name
    shutil.copytree(ROOT / "tests/engines/tiny", target)
    path = target / "engine.yaml"
    text = path.read_text()
    for old, new in [("name: tiny\n", f"name: {name}\n"), ("provisioning_deadline: 120s", f"provisioning_deadline: {deadline}"),
                     ("\nvalues:\n", "\nvalues:\n" + (f"  test: {json.dumps(test)}\n" if test else "") +
                      ("  data: {enabled: true}\n" if data else "")),
                     ("components: []", "components: [data]" if data else "components: []")] + (resources or []):
        expect(old in text, f"engine.yaml of tiny has no {old!r} any more")
        text = text.replace(old, new, 1)
    path.write_text(text)
