"""The engines that pictures show: those of the stories, under names that do not say what goes wrong with them."""
import shutil

NAMES = {"shop": "shop", "bad-setup": "studio", "patient": "workshop"}


def rename_engines(folder):
    for path in list(folder.iterdir()):
        name = NAMES.get(path.name)
        if name is None:
            shutil.rmtree(path)
            continue
        text = (path / "engine.yaml").read_text()
        title = path.name.replace("-", " ").capitalize()
        for old, new in [(f"name: {path.name}\n", f"name: {name}\n"), (f"title: {title}\n", f"title: {name.capitalize()}\n")]:
            if old not in text:
                raise AssertionError(f"engine.yaml of {path.name} has no {old!r} any more")
            text = text.replace(old, new, 1)
        (path / "engine.yaml").write_text(text)
        path.rename(folder / name)
