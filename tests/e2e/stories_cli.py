"""The command line `souk` against the real soukd, with the context file that soukd's first start wrote."""
import base64
import contextlib
import fcntl
import http.server
import itertools
import json
import os
import pty
import re
import select
import signal
import socket
import stat
import struct
import subprocess
import termios
import threading
import time
import urllib.request
from pathlib import Path

import yaml

from souk import ROOT, expect, expect_closed, wait_for
from stories_world import STEPS

SOUK = os.environ.get("SOUK", str(ROOT / "build/debug/bin/souk"))
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
REDRAW = re.compile(r"\r\x1b\[\d+A\x1b\[J")  # the block of steps: back to its first line, and clear
# Sets the title, rings, clears the screen, colours by the eight-bit form, turns the direction of writing around.
HOSTILE = "Evil\x1b]0;owned\x07\x1b[2J\u009b31m\u202etxt"


def of_terminals(text):
    """What a terminal would obey, apart from ends of lines and tabs."""
    return [c for c in text if (ord(c) < 0x20 and c not in "\r\n\t") or 0x7f <= ord(c) <= 0x9f or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"]


class Cli:
    """souk as a person has it: no terminal, no setting but the context file."""

    def __init__(self, world, config=None):
        self.world, self.soukd = world, world.soukd
        self.env = {"PATH": "/usr/bin:/bin", "HOME": str(world.folder), "XDG_CONFIG_HOME": str(config or world.soukd.folder / "config"),
                    "LANG": "C.UTF-8", "ASAN_OPTIONS": "abort_on_error=1", "UBSAN_OPTIONS": "print_stacktrace=1"}

    def run(self, *args, code=0, env=None, secret=False):
        """(stdout, stderr). What is not the reveal is remembered with the API's answers: no secret may be in it."""
        done = subprocess.run([SOUK, *args], env={**self.env, **(env or {})}, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        out, err = done.stdout.decode(), done.stderr.decode()
        if not secret:
            self.soukd.answers.append(out + err)
        expect(done.returncode == code, f"souk {' '.join(args)}: {done.returncode}, expected {code}: {out[-800:]} {err[-800:]}")
        expect(not of_terminals(out + err), f"souk {' '.join(args)}: codes of terminals in a pipe: {out + err!r}")
        return out, err

    def text(self, *args, **options):
        return self.run(*args, **options)[0]

    def refused(self, code, *args, **options):
        out, err = self.run(*args, code=code, **options)
        expect(not out and err, f"souk {' '.join(args)}: a refusal belongs on stderr: {out!r} {err!r}")
        return err

    def json(self, *args, **options):
        return json.loads(self.text(*args, "-o", "json", **options))

    def both(self, *args):
        """The answer as JSON; as YAML it is the same. What changes between the two looks is looked at again."""
        def same():
            same.looks = self.json(*args), yaml.safe_load(self.text(*args, "--output", "yaml"))
            return same.looks[0] == same.looks[1]
        try:
            wait_for("the same as JSON and as YAML", same, 20)
        except AssertionError as error:
            raise AssertionError(f"souk {' '.join(args)}: {error}: JSON says {same.looks[0]}, YAML {same.looks[1]}") from None
        return same.looks[0]

    def is_a(self, schema, document):
        wrong = self.soukd.contract.problems(document, {"$ref": f"#/components/schemas/{schema}"})
        expect(not wrong, f"not a {schema}: {wrong}: {document}")
        return document

    @contextlib.contextmanager
    def following(self, *args):
        """A souk that runs until it gets a signal; gives (process, the lines so far)."""
        process = subprocess.Popen([SOUK, *args], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        read = b""

        def so_far():
            nonlocal read
            while select.select([process.stdout], [], [], 0)[0] and (more := os.read(process.stdout.fileno(), 65536)):
                read += more
            return read.decode(errors="replace").split("\n")[:-1]
        try:
            yield process, so_far
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stdout.close()

    def end(self, process, number, code):
        process.send_signal(number)
        try:
            expect(process.wait(timeout=20) == code, f"{signal.Signals(number).name}: {process.returncode}, expected {code}")
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{signal.Signals(number).name} was not heard") from None


class Terminal:
    """souk on a terminal of its own, that a person types into."""

    def __init__(self, cli, *args, **env):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
        self.what, self.raw, self.cli = f"souk {' '.join(args)}", b"", cli
        self.process = subprocess.Popen([SOUK, *args], env={**cli.env, "TERM": "xterm", **env}, stdin=slave, stdout=slave, stderr=slave,
                                        start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)

    @property
    def text(self):
        return self.raw.decode(errors="replace")

    def _read(self, seconds):
        """False: the other end is gone."""
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            self.raw += os.read(self.master, 65536)
            return True
        except OSError:  # EIO: nobody has it open any more
            return False

    def until(self, mark, seconds=60):
        end = time.monotonic() + seconds
        while mark not in self.text:
            expect(time.monotonic() < end, f"{self.what}: waited for {mark!r}: {self.text[-800:]!r}")
            expect(self._read(0.5), f"{self.what} ended without {mark!r}: {self.text[-800:]!r}")
        return self

    def type(self, text):
        os.write(self.master, text.encode())
        return self

    def finish(self, code=0, seconds=90):
        end = time.monotonic() + seconds
        while self._read(0.5):
            if time.monotonic() > end:
                self.process.kill()
                raise AssertionError(f"{self.what} does not end: {self.text[-800:]!r}")
        os.close(self.master)
        self.cli.soukd.answers.append(self.text)
        expect(self.process.wait(timeout=20) == code, f"{self.what}: {self.process.returncode}, expected {code}: {self.text[-800:]!r}")
        return self.text


def same_as_the_api(world, cli, store, *args):
    """Compared until nothing changed between the two looks."""
    def same():
        shown, real = cli.both(*args), world.soukd.get(store)
        same.last = shown, real
        return shown if shown == real else None
    try:
        return wait_for("the same store from souk and the API", same, 20)
    except AssertionError as error:
        raise AssertionError(f"{error}: {same.last}") from None


@contextlib.contextmanager
def in_between(soukd, old, new):
    """A server in front of soukd that changes its answers: soukd itself neither takes nor keeps a name that terminals would obey."""
    class Changed(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802  the library's name
            request = urllib.request.Request(f"http://127.0.0.1:{soukd.port}{self.path}", headers={"Authorization": self.headers["Authorization"]})
            with urllib.request.urlopen(request, timeout=30) as answer:
                body, kind = answer.read().replace(old, new), answer.headers["Content-Type"]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Changed) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def souk_makes_a_store_and_shows_it(world):
    """create, get, list, rename, events, operations, engines, plans, with the context of soukd's first start."""
    cli, soukd = Cli(world), world.soukd
    context = json.loads((soukd.folder / "config/souk/context.json").read_text())
    expect(context == {"server": f"http://127.0.0.1:{soukd.port}", "token_file": str(soukd.folder / "token")}, f"the context is {context}")

    kept = "SELECT count(*) FROM idempotency"
    ((keys,),) = world.query(kept)
    said = cli.text("create", "Cli Tea", "--engine", "tiny", "--plan", "standard")
    expect(world.query(kept) == [(keys + 1,)], "create sends no Idempotency-Key")
    done = re.findall(r"^Cli Tea: (\S+) done after ", said, re.M)
    expect(done == [step for step in STEPS if step in done] and {"namespace", "release", "checks", "ready"} <= set(done), f"steps: {said}")
    store = soukd.api("GET", "/api/v1/stores/cli-tea")
    world.stores["Cli Tea"] = store
    for word in ("Cli Tea is Ready after ", store["urls"]["storefront"], store["urls"]["admin"], "souk credentials cli-tea"):
        expect(word in said, f"create does not say {word!r}: {said}")
    for name in ("cli-tea", "Cli Tea", store["id"]):
        cli.is_a("Store", same_as_the_api(world, cli, store, "get", name))
    shown = cli.text("get", "cli-tea")
    for word in ("Cli Tea", "Ready", store["id"], "tiny 1.0.0", "standard", store["urls"]["storefront"], "namespace", "Available"):
        expect(word in shown, f"get does not show {word!r}: {shown}")

    everything = {s["id"] for s in soukd.api("GET", "/api/v1/stores?page_size=1000")["stores"]}
    listed = cli.both("list")
    expect(list(listed) == ["stores"] and {s["id"] for s in listed["stores"]} == everything, f"list: {[s['name'] for s in listed['stores']]}")
    one = cli.json("list", "--engine", "tiny", "--plan", "standard", "--search", "cli t", "--phase", "Ready", "--phase", "Failed")["stores"]
    expect([s["id"] for s in one] == [store["id"]], f"filtered: {[s['name'] for s in one]}")
    expect(cli.json("list", "--phase", "Deleting", "--search", "cli tea") == {"stores": []}, "a filter is not respected")
    world.ready("Wobbly", "slow-back")
    names = [s["name"] for s in cli.json("list", "--sort", "-name", "--limit", "2")["stores"]]
    expect(len(names) == 2 and names == sorted(names, reverse=True), f"two, sorted: {names}")
    head, *rows = cli.text("list", "--search", "cli tea").splitlines()
    expect(head.split() == ["NAME", "PHASE", "ENGINE", "PLAN", "AGE", "ADDRESS"] and len(rows) == 1, f"{head} {rows}")
    expect(rows[0].startswith("Cli Tea  Ready") and rows[0].endswith(store["urls"]["storefront"]), rows[0])

    with cli.following("events", "cli-tea", "--follow", "-o", "json") as (process, lines):
        names = itertools.cycle(["Cli Coffee", "Cli Tea"])

        def told_of_a_rename():  # nothing says that the stream is open, so there are more renames than one
            name = next(names)
            expect(f" is now called {name}\n" in cli.text("rename", "cli-tea", name), "rename says nothing")
            return any('"store.renamed"' in line for line in lines())
        wait_for("a rename over souk events --follow", told_of_a_rename, 20)
        for line in lines():
            expect(cli.is_a("Event", json.loads(line))["store_id"] == store["id"], line)
        cli.end(process, signal.SIGINT, 130)
    renamed = cli.is_a("Store", cli.json("rename", store["id"], "Cli Tea"))
    expect((renamed["name"], renamed["slug"]) == ("Cli Tea", "cli-tea"), f"{renamed}")

    told = cli.both("events", "cli-tea", "--limit", "1000")["events"]
    expect(told == world.events(store), "events are not the API's, oldest first")
    expect([e["number"] for e in cli.json("events", "cli-tea", "--limit", "3")["events"]] == [e["number"] for e in told[-3:]], "not the newest three")
    expect({event["store_name"] for event in told} == {"Cli Tea"}, "events know the store by another name than it has now")
    last = cli.text("events", "cli-tea").splitlines()[-1]
    expect("store.renamed" in last and "  Cli Tea  " in last, f"the last line is not the last event: {last}")
    expect({e["type"] for e in cli.json("events", "cli-tea", "--type", "store.renamed")["events"]} == {"store.renamed"}, "the type is not respected")
    (operation,) = cli.both("operations", "cli-tea")["operations"]
    expect((cli.is_a("Operation", operation)["kind"], operation["state"]) == ("store.create", "succeeded"), f"{operation}")
    expect(cli.json("operations", "cli-tea", "--state", "failed") == {"operations": []}, "the state is not respected")
    expect(cli.json("operations", "cli-tea", "--kind", "store.delete") == {"operations": []}, "the kind is not respected")
    expect(operation["store_name"] == "Cli Tea", f"{operation}")
    expect(any(operation["id"] in line and "  Cli Tea  " in line for line in cli.text("operations", "cli-tea").splitlines()), "operations do not show it")
    for what in ("engines", "plans"):
        expect(cli.both(what) == soukd.api("GET", f"/api/v1/{what}"), f"{what} are not the API's")
    expect(re.search(r"^tiny\s+1\.0\.0\s+Tiny", cli.text("engines"), re.M) and re.search(r"^starter ", cli.text("plans"), re.M), "the tables")


def souk_reveals_opens_and_reports(world):
    """credentials, open, logs, status, version, completion, login."""
    cli, soukd = Cli(world), world.soukd
    store = world.ready("Cli Tea", "tiny", "standard")
    secret = world.json_of("secret", "souk-admin", "-n", store["namespace"])["data"]
    login = {key: base64.b64decode(secret[key]).decode() for key in ("username", "password")}
    cli.refused(2, "credentials", "cli-tea")
    cli.refused(7, "credentials", "cli-tea", "--reason", "")
    expect(cli.json("credentials", "cli-tea", "--reason", "souk as JSON", secret=True) == login, "not exactly username and password")
    expect(yaml.safe_load(cli.text("credentials", "cli-tea", "-r", "as YAML", "-o", "yaml", secret=True)) == login, "not the same as YAML")
    shown = cli.text("credentials", "cli-tea", "--reason", "as a table", secret=True).split()
    expect(shown == ["username", login["username"], "password", login["password"]], "not the same as a table")
    kept = world.query("SELECT reason FROM audit WHERE store_id = ? AND action LIKE '%credentials%'", store["id"])
    expect(("souk as JSON",) in kept, f"the reason is not in the audit log: {kept}")
    told = [line for line in map(json.loads, soukd.log_path.read_text().splitlines()) if line.get("path") in ("/api/v1/stores/cli-tea/credentials", "/api/v1/stores")]
    expect(any(line["path"].endswith("credentials") for line in told) and any(line["method"] == "POST" and line["status"] == 202 for line in told), "the log has no such lines")
    expect(all(line.get("store_id") == store["id"] for line in told if line["path"].endswith("credentials")), "a revelation by the store's slug names no store in the log")
    expect(any(line.get("store_id") == store["id"] for line in told if line["method"] == "POST" and line["status"] == 202), "its creation names no store in the log")

    page, admin = store["urls"]["storefront"], store["urls"]["admin"]
    expect(cli.run("open", "cli-tea") == (page + "\n", "There is no browser to start here; the address is above.\n"), "open without a desktop")
    expect(cli.text("open", "cli-tea", "--admin", "--print") == admin + "\n", "open --admin --print")
    expect(cli.both("open", "cli-tea", "--print") == {"url": page}, "open as a document")
    link, _ = cli.run("open", "--print")
    expect(re.fullmatch(re.escape(f"http://127.0.0.1:{world.soukd.port}/#code=") + r"[\w-]{43}\n", link), f"open without a name: {link!r}")
    desk = world.folder / "desk"
    desk.mkdir()
    (desk / "xdg-open").write_text(f'#!/bin/sh\nprintf "%s" "$1" >"{desk}/new" && mv "{desk}/new" "{desk}/opened"\n')
    (desk / "xdg-open").chmod(0o755)
    desktop = {"DISPLAY": ":9", "PATH": f"{desk}:/usr/bin:/bin"}
    expect(cli.run("open", "cli-tea", "--print", env=desktop) == (page + "\n", ""), "open --print on a desktop")
    expect(cli.run("open", "cli-tea", "--admin", env=desktop) == (admin + "\n", ""), "open on a desktop")
    opened = wait_for("the browser", lambda: (desk / "opened").exists() and (desk / "opened").read_text(), 30)
    expect(opened == admin, f"opened {opened}; with --print nothing may be opened")
    link, _ = cli.run("open", env=desktop)
    lead = Path(wait_for("the page that leads to the dashboard", lambda: (path := (desk / "opened").read_text()).endswith("/open.html") and path, 30))
    expect(link.strip() in lead.read_text() and lead.stat().st_mode & 0o777 == 0o600, f"{lead}: a link that signs in is for this user's eyes only")

    lines = cli.text("logs", "cli-tea", "--tail", "3").splitlines()
    expect(lines and all(re.match(r"cli-tea-[^/ ]+/\S+ ", line) for line in lines), f"{lines}")
    logs = cli.is_a("Logs", cli.both("logs", "cli-tea"))
    expect(logs["source"] == "live" and logs["logs"], f"{logs}")
    container = logs["logs"][0]["container"]
    only = cli.json("logs", "cli-tea", "--container", container, "--pod", logs["logs"][0]["pod"])["logs"]
    expect([log["container"] for log in only] == [container], f"{only}")
    for number in (signal.SIGINT, signal.SIGTERM):
        with cli.following("logs", "cli-tea", "-f") as (process, so_far):
            wait_for("a followed line", lambda: [line for line in so_far() if "/" in line], 20)
            cli.end(process, number, 130)
    cli.refused(2, "logs", "cli-tea", "-f", "-o", "json")

    well = cli.json("status")
    cli.is_a("Health", yaml.safe_load(cli.text("status", "-o", "yaml"))["health"])
    expect(sorted(well) == ["client_version", "health", "server", "version"] and well["server"] == f"http://127.0.0.1:{soukd.port}", f"{well}")
    expect(cli.is_a("Health", well["health"])["status"] == "ok" and well["version"] == well["health"]["version"], f"{well}")
    shown = cli.text("status")
    expect("is ok" in shown and all(word in shown for word in ("database", "cluster", "queue", well["version"])), shown)
    nobody = Cli(world, world.folder / "nobody")
    expect(nobody.json("version") == {"version": well["client_version"]}, "version needs no server")
    expect(nobody.text("version") == f"souk {well['client_version']}\n", "version as text")

    script = nobody.text("completion", "bash")
    for words, offered in (("souk li", ["list"]), ("souk list --pha", ["--phase"]), ("souk -o ''", ["table", "json", "yaml"])):
        asked = f"{script}\nCOMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _souk; echo ${{COMPREPLY[@]}}"
        got = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True, timeout=20).stdout.split()
        expect(got == offered, f"completion of {words!r}: {got}")
    expect("compdef souk" in nobody.text("completion", "zsh") and "complete -c souk" in nobody.text("completion", "fish"), "the other shells")

    nobody.refused(2, "login")
    nobody.refused(2, "list")
    nobody.run("login", "--server", f"http://127.0.0.1:{soukd.port}", "--token-file", str(soukd.folder / "token"))
    saved = world.folder / "nobody/souk/context.json"
    expect(stat.S_IMODE(saved.stat().st_mode) == 0o600, "the saved context is readable by others")
    expect(nobody.json("list", "--limit", "1")["stores"], "the saved context does not work")
    saved.chmod(0o644)
    expect("others can read" in nobody.refused(2, "list"), "a context that others can read is used")


def souk_suspends_resumes_and_restarts(world):
    cli, soukd = Cli(world), world.soukd
    store = world.ready("Cli Tea", "tiny", "standard")
    said = cli.text("suspend", "cli-tea")
    for word in ("Suspending Cli Tea: release done after ", "Suspending Cli Tea: workloads done after ", "Cli Tea is Suspended after "):
        expect(word in said, f"suspend does not say {word!r}: {said}")
    expect_closed(store)
    expect("wrong_phase" in cli.refused(6, "restart", "cli-tea", "-o", "json"), "restart of a suspended store")
    document = cli.json("resume", "cli-tea")
    expect(cli.is_a("Store", document["store"])["phase"] == "Ready", f"{document['store']}")
    expect(cli.is_a("Operation", document["operation"])["state"] == "succeeded", f"{document['operation']}")
    expect("souk get cli-tea" in cli.text("restart", "cli-tea", "--no-wait"), "restart --no-wait")
    wait_for("the restart", lambda: soukd.get(store)["operation"] is None, 60)
    kinds = [operation["kind"] for operation in cli.json("operations", "cli-tea")["operations"]]
    expect(sorted(kinds)[-3:] == ["store.restart", "store.resume", "store.suspend"], f"operations: {kinds}")
    for command in ("suspend", "resume", "restart"):
        expect(command in cli.text("completion", "bash"), f"{command} is not completed")


def souk_ends_failed_creations_in_its_own_words(world):
    """A failure, its kept lines, --no-wait, cancel, retry, and Ctrl-C at a terminal."""
    cli, soukd = Cli(world), world.soukd
    said = cli.text("create", "Cli broken", "--engine", "no-image", code=1)
    for word in ("Cli broken is not Ready: ImagePullFailed: ", "tiny-web:1", "souk logs cli-broken", "souk retry cli-broken"):
        expect(word in said, f"a failed creation does not say {word!r}: {said}")
    broken = world.stores["Cli broken"] = soukd.api("GET", "/api/v1/stores/cli-broken")
    expect("ImagePullFailed" in cli.text("get", "cli-broken"), "get hides the failure")
    expect(cli.is_a("Logs", cli.json("logs", "cli-broken"))["source"] == "kept", "no line was kept")
    expect(cli.json("operations", "cli-broken", "--state", "failed")["operations"][0]["error"]["reason"] == "ImagePullFailed", "the operation")
    again = json.loads(cli.text("retry", "cli-broken", "-o", "json", code=1))
    expect(sorted(again) == ["operation", "store"] and again["store"]["id"] == broken["id"], f"{again}")
    expect((again["operation"]["kind"], again["operation"]["state"]) == ("store.retry", "failed"), f"{again['operation']}")

    accepted = cli.json("create", "Cli slow", "-e", "slowish-setup", "--no-wait")
    expect(sorted(accepted) == ["operation", "store"] and accepted["operation"]["state"] == "running", f"{accepted}")
    slow = world.stores["Cli slow"] = cli.is_a("Store", accepted["store"])
    cli.refused(6, "retry", "cli-slow")
    world.wait_step(slow, "setup")
    expect("Cancelled. " in cli.text("cancel", "cli-slow"), "cancel says nothing")
    expect(soukd.get(slow)["failure"]["reason"] == "Cancelled", "it is not cancelled")
    expect("nothing is running" in cli.refused(6, "cancel", "cli-slow"), "a cancel of nothing")
    retried = cli.json("retry", "cli-slow", "--no-wait")
    expect(retried["store"]["phase"] == "Failed" and retried["operation"]["kind"] == "store.retry", f"until the worker's turn: {retried}")
    expect(cli.is_a("Operation", cli.json("cancel", retried["operation"]["id"]))["error"]["reason"] == "Cancelled", "cancel by the operation's id")

    terminal = Terminal(cli, "retry", "cli-slow")
    terminal.until("%  ").until("setup")
    terminal.type("\x03")
    said = terminal.finish(130)
    expect("goes on" in said and "souk cancel cli-slow" in said, f"Ctrl-C says: {said!r}")
    operation = soukd.get(slow)["operation"]
    expect(operation, "Ctrl-C stopped the work, not only the following")
    # Not the phase: it is Failed until the worker's turn.
    ended = wait_for("the retry's end", lambda: (o := soukd.api("GET", f"/api/v1/operations/{operation}"))["done"] and o, 90)
    expect(ended["state"] == "succeeded" and soukd.get(slow)["phase"] == "Ready", f"{ended}")


def souk_deletes_only_what_was_named(world):
    """Without a terminal only with --yes; on one it wants the name; then the receipt."""
    cli, soukd = Cli(world), world.soukd
    one, two, three = (cli.json("create", f"Cli gone {n}", "-e", "tiny", "--no-wait")["store"] for n in ("one", "two", "three"))
    soukd.wait_phase(one, "Ready")
    expect("--yes" in cli.refused(2, "delete", "cli-gone-one"), "deleted without being asked")
    question = "Type its name to go on: "
    for answer, code, words in (("Cli gone\n", 2, "that is not its name; nothing was deleted"), ("\n", 2, "nothing was deleted"),
                                ("cli-gone-one\n", 2, "nothing was deleted"), ("\x03", 130, "Nothing was deleted"), ("\x04", 130, "Nothing was deleted")):
        said = Terminal(cli, "delete", "cli-gone-one").until(question).type(answer).finish(code)
        expect(words in said, f"{answer!r}: {said!r}")
    expect(soukd.get(one)["phase"] == "Ready", "a refused deletion did something")
    said = Terminal(cli, "delete", "cli-gone-one").until(question).type("Cli gone one\n").finish()
    expect("This deletes Cli gone one (cli-gone-one)" in said and "Cli gone one is deleted" in said and "Namespace" in said, f"{said!r}")
    expect(not world.remains(one), f"left: {world.remains(one)}")

    receipt = cli.is_a("Receipt", cli.both("receipt", one["id"]))
    expect(receipt == soukd.api("GET", f"/api/v1/stores/{one['id']}/receipt") and receipt["completed"], f"{receipt}")
    shown = cli.text("receipt", one["id"])
    count = len(receipt["lines"])
    expect(f"{count} of {count} objects are gone" in shown and one["namespace"] in shown, shown)
    expect("souk receipt" in cli.text("delete", two["id"], "--yes", "--no-wait"), "delete --no-wait does not name the receipt")
    soukd.wait_phase(two, "Deleted")
    soukd.wait_phase(three, "Ready")
    expect(cli.is_a("Receipt", cli.json("delete", "cli-gone-three", "-y"))["store_id"] == three["id"], "delete prints another receipt")
    expect("was deleted" in cli.refused(5, "get", three["id"]), "a deleted store")
    cli.refused(5, "delete", "cli-gone-three", "--yes")


def souk_says_by_its_exit_code_what_to_do(world):
    cli, soukd = Cli(world), world.soukd
    world.ready("Cli Tea", "tiny", "standard")
    token = ["--token-file", str(soukd.folder / "token")]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens here
        away = f"http://127.0.0.1:{taken.getsockname()[1]}"
        cases = [
            (2, "", []), (2, "", ["lisst"]), (2, "", ["list", "--colour"]), (2, "", ["list", "-o", "xml"]), (2, "", ["list", "--limit", "0"]),
            (2, "", ["create", "No engine"]), (2, "", ["get"]), (2, "", ["get", "a", "b"]), (2, "", ["list", "--sort", "size"]),
            (2, "is not a server's address", ["list", "--server", "ftp://x"]), (2, "cannot read", ["list", "--token-file", "/nonexistent"]),
            (2, "the saved token belongs to", ["list", "--server", away]),
            (3, away, ["list", "--server", away, *token]), (3, away, ["create", "Nowhere", "-e", "tiny", "--server", away, *token]),
            (5, "", ["get", "nobody"]), (5, "", ["get", "str_00000000000000000000000000"]), (5, "", ["logs", "nobody"]), (5, "", ["open", "nobody"]),
            (5, "", ["events", "nobody"]), (5, "", ["events", "nobody", "-f"]), (5, "", ["receipt", "cli-tea"]), (5, "", ["cancel", "op_00000000000000000000000000"]),
            (5, "", ["get", "../plans"]), (5, "", ["credentials", "nobody", "--reason", "x"]),
            (6, "", ["create", "Cli Tea", "-e", "tiny"]), (6, "", ["retry", "cli-tea"]), (6, "", ["rename", "Wobbly", "Cli Tea"]),
            (7, "/engine", ["create", "Wrong", "-e", "nope"]), (7, "/plan", ["create", "Wrong", "-e", "tiny", "-p", "nope"]),
            (7, "/name", ["create", "x" * 64, "-e", "tiny"]), (7, "search", ["list", "--search", "x" * 101]),
        ]
        for code, word, args in cases:
            said = cli.refused(code, *args)
            expect(word in said, f"souk {' '.join(args)}: {said}")
            expect(code < 4 or re.search(r"^  request \S+$", said, re.M), f"no request id: {said}")
    expect("--token-file" in cli.refused(4, "list", env={"SOUK_TOKEN": "wrong"}), "a wrong token")
    for code, args in ((5, ["get", "nobody"]), (6, ["create", "Cli Tea", "-e", "tiny"]), (7, ["create", "", "-e", "nope"])):
        problem = cli.is_a("Problem", json.loads(cli.refused(code, *args, "--output", "json")))
        expect(code != 7 or {error["pointer"] for error in problem["errors"]} == {"/name", "/engine"}, f"{problem}")
    help_text = cli.text("--help")
    for command in ("create", "list", "get", "delete", "retry", "cancel", "logs", "events", "open", "credentials", "status", "version"):
        expect(command in help_text and "--output" in cli.text(command, "--help") + help_text, f"help does not know {command}")


def souk_paints_for_terminals_only_and_obeys_no_name(world):
    """Colours on a terminal, none with NO_COLOR, TERM=dumb or in a pipe; a name that is written for terminals stays text."""
    cli, soukd = Cli(world), world.soukd
    store = world.ready("Cli Tea", "tiny", "standard")
    for args in (["list"], ["get", "cli-tea"], ["status"], ["events", "cli-tea"]):
        painted = Terminal(cli, *args).finish()
        expect(COLOUR.search(painted), f"no colour on a terminal: {args}: {painted!r}")
        for plain in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            said = Terminal(cli, *args, **plain).finish()
            expect("\x1b" not in said and len(said) > 40, f"{args} with {plain}: {said!r}")
    expect("\x1b" not in Terminal(cli, "get", "cli-tea", "-o", "json").finish(), "colours in a document")
    drawn = Terminal(cli, "create", "Cli drawn", "-e", "tiny").finish()
    expect(REDRAW.search(drawn) and "Cli drawn is Ready" in drawn, f"the steps were not drawn anew: {drawn!r}")
    world.stores["Cli drawn"] = soukd.api("GET", "/api/v1/stores/cli-drawn")

    with in_between(soukd, b'"Cli Tea"', json.dumps(HOSTILE).encode()) as address:
        server = ["--server", address, "--token-file", str(soukd.folder / "token")]
        said = {words: Terminal(cli, *words.split(), *server).finish()
                for words in ("list", "get cli-tea", "get cli-tea -o json", "get cli-tea -o yaml")}
        said["delete"] = Terminal(cli, "delete", "cli-tea", *server).until("to go on: ").type("\x03").finish(130)
    for words, text in said.items():
        expect("Evil" in text, f"{words}: the name is not shown: {text!r}")
        left = of_terminals(COLOUR.sub("", text))
        expect(not left, f"{words}: the terminal would obey {left}: {text!r}")
    expect(json.loads(said["get cli-tea -o json"])["name"] == HOSTILE, "JSON lost the name")
    expect(yaml.safe_load(said["get cli-tea -o yaml"])["name"] == HOSTILE, "YAML lost the name")
