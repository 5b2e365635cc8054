"""Browsers: how they sign in, what a page of another site cannot do, and what of a session is kept."""
import hashlib
import http.client
import json

from secret_search import files_of
from souk import expect
from stories_world import problem

WORDS = "this token or code is not valid, or it is no longer"


class Browser:
    """What a browser does: it keeps the cookie, names the page that asks, and sends the session's token with each change."""

    def __init__(self, soukd, source="127.0.0.1"):
        self.soukd, self.source, self.cookie, self.csrf = soukd, source, None, None
        self.origin = f"http://127.0.0.1:{soukd.port}"

    def raw(self, method, path, body=None, headers=None):
        """(status, headers, text)"""
        sent = {"Content-Type": "application/json"} if body is not None else {}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if method != "GET":
            sent["Origin"] = self.origin
            if self.csrf:
                sent["X-CSRF-Token"] = self.csrf
        sent.update(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.soukd.port, timeout=30, source_address=(self.source, 0))
        connection.request(method, path, None if body is None else json.dumps(body), {key: value for key, value in sent.items() if value is not None})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    def ask(self, method, path, body=None, headers=None):
        """As `raw`, with the body as JSON, compared with the contract."""
        status, answered, text = self.raw(method, path, body, headers)
        document = json.loads(text) if text else text
        self.soukd.contract.check_answer(method, path, body, status, answered, document)
        return status, answered, document

    def sign_in(self, proof):
        status, answered, document = self.ask("POST", "/api/v1/session", proof)
        expect(status == 201, f"log-in: {status} {document}")
        self.cookie, self.csrf = answered["Set-Cookie"].split(";")[0], document["csrf_token"]
        return document


def a_link_signs_a_browser_in_once(world):
    soukd = world.soukd
    person, thief = Browser(soukd), Browser(soukd)
    status, _, made = soukd.request("POST", "/api/v1/sign-in-codes")
    expect(status == 201 and made["url"] == f"http://127.0.0.1:{soukd.port}/#code={made['code']}", f"{status} {made}")
    own = person.sign_in({"code": made["code"]})
    answer = thief.ask("POST", "/api/v1/session", {"code": made["code"]})
    problem(answer, 401, "unauthenticated", "a stolen code")
    expect(answer[2]["detail"] == WORDS and "Set-Cookie" not in answer[1], f"{answer}")
    expect(person.ask("GET", "/api/v1/session")[2]["id"] == own["id"], "the session")
    expect(person.ask("GET", "/api/v1/stores?page_size=1")[0] == 200, "the API with the cookie")
    for method, path in (("GET", "/api/v1/session"), ("DELETE", "/api/v1/session"), ("GET", "/api/v1/stores")):
        problem(thief.ask(method, path), 401, "unauthenticated", f"{method} {path} without a session")
    status, answered, _ = person.ask("DELETE", "/api/v1/session")
    expect(status == 204 and "Max-Age=0" in answered["Set-Cookie"], f"log-out: {status} {answered['Set-Cookie']}")
    problem(person.ask("GET", "/api/v1/stores"), 401, "unauthenticated", "after the log-out")


def a_page_of_another_site_changes_nothing(world):
    soukd = world.soukd
    browser = Browser(soukd)
    browser.sign_in({"token": soukd.token})
    wish, before = {"name": "Forged", "engine": "tiny"}, world.query("SELECT count(*) FROM stores")
    for origin in ("https://evil.example", "null", f"http://localhost:{soukd.port}", f"https://127.0.0.1.evil.example:{soukd.port}"):
        problem(browser.ask("POST", "/api/v1/stores", wish, {"Origin": origin}), 403, "origin_refused", f"a store from {origin}")
    for token in (None, "", "0" * 64, browser.csrf[:-1]):
        problem(browser.ask("POST", "/api/v1/stores", wish, {"X-CSRF-Token": token}), 403, "csrf_refused", f"a store with the token {token!r}")
    for path in ("/api/v1/session", "/api/v1/sign-in-codes"):
        problem(browser.ask("POST" if "codes" in path else "DELETE", path, None, {"X-CSRF-Token": None}), 403, "csrf_refused", path)
    foreign = Browser(soukd)
    foreign.origin = "https://evil.example"
    problem(foreign.ask("POST", "/api/v1/session", {"token": soukd.token}), 403, "origin_refused", "a log-in that another site sends")
    expect(world.query("SELECT count(*) FROM stores") == before, "a store was made")
    expect("Access-Control-Allow-Origin" not in browser.ask("GET", "/api/v1/stores", None, {"Origin": "https://evil.example"})[1],
           "another site may read the answer")


def sessions_are_listed_and_ended(world):
    soukd = world.soukd
    here, there = Browser(soukd), Browser(soukd)
    other, own = there.sign_in({"token": soukd.token}), here.sign_in({"token": soukd.token})
    listed = here.ask("GET", "/api/v1/sessions")[2]["sessions"]
    expect([item["id"] for item in listed[:2]] == [own["id"], other["id"]], f"newest first: {listed}")
    expect([item["id"] for item in listed if item["current"]] == [own["id"]], f"this one: {listed}")
    expect(here.ask("DELETE", f"/api/v1/sessions/{other['id']}")[0] == 204, "to end the other")
    problem(there.ask("GET", "/api/v1/stores"), 401, "unauthenticated", "the ended session")
    problem(here.ask("DELETE", f"/api/v1/sessions/{other['id']}"), 404, "session_not_found", "to end it twice")
    soukd.stop()
    soukd.start()
    expect(here.ask("GET", "/api/v1/session")[2]["id"] == own["id"], "a session outlives a restart of soukd")
    code = soukd.api("POST", "/api/v1/sign-in-codes", status=201)["code"]
    Browser(soukd).sign_in({"code": code})
    cookies = [browser.cookie.partition("=")[2].encode() for browser in (here, there)]
    for name, data in files_of(soukd.folder):
        expect(not any(cookie in data for cookie in cookies), f"a cookie is in {name}")
        expect(code.encode() not in data, f"a used code is in {name}")
    hashes = {row[0] for row in world.query("SELECT hash FROM sessions")}
    expect(hashlib.sha256(cookies[0]).hexdigest() in hashes, "the database has the hash of the living one")
    expect(hashlib.sha256(cookies[1]).hexdigest() not in hashes, "the database has the ended one")
    actions = [row[0] for row in world.query("SELECT action FROM audit WHERE action LIKE 'session.%'")]
    expect(actions.count("session.end") >= 1 and actions.count("session.open") >= 2, f"the audit log knows {actions}")


def who_guesses_has_to_wait(world):
    """From an address of its own, so that it stands in nobody's way."""
    soukd = world.soukd
    guesser = Browser(soukd, "127.0.0.9")
    for number in range(10):
        guess = {"token": f"souk_{number}"} if number % 2 else {"code": str(number)}
        answer = guesser.ask("POST", "/api/v1/session", guess, {"X-Forwarded-For": f"198.51.100.{number}"})  # anybody can write that
        problem(answer, 401, "unauthenticated", f"guess {number}")
        expect(answer[2]["detail"] == WORDS, f"guess {number}: {answer[2]['detail']}")
    answer = guesser.ask("POST", "/api/v1/session", {"token": soukd.token})
    problem(answer, 429, "too_many_attempts", "even the right token")
    expect(int(answer[1]["Retry-After"]) == 300, f"Retry-After: {answer[1]['Retry-After']}")
    Browser(soukd).sign_in({"token": soukd.token})


def the_dashboard_is_served_and_holds_no_foreign_script(world):
    browser = Browser(world.soukd)
    status, headers, page = browser.raw("GET", "/stores/anything")
    expect(status == 200 and headers["Content-Type"].startswith("text/html"), f"{status} {headers['Content-Type']}")
    policy = headers["Content-Security-Policy"]
    expect("script-src 'self';" in policy and "unsafe" not in policy and "http" not in policy, policy)
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    expect(len(nonce) >= 22 and f'content="{nonce}"' in page, "the nonce of the policy is in the page")
    expect(nonce not in browser.raw("GET", "/")[1]["Content-Security-Policy"], "the same nonce twice")
    script = page.partition('src="/assets/')[2].partition('"')[0]
    status, headers, _ = browser.raw("GET", f"/assets/{script}")
    expect(status == 200 and "immutable" in headers["Cache-Control"], f"{script}: {status}")
    settings = browser.ask("GET", "/api/v1/dashboard")[2]
    expect(settings["title"] == "Souk" and settings["base_path"] == "/" and settings["poll_seconds"] == 15, f"{settings}")
    status, _, document = browser.ask("GET", "/api/nothing")
    expect(status == 404 and document["code"] == "not_found", f"{status} {document}")
