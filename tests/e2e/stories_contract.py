"""The contract: its examples, and what is left of it when the other stories have asked. WatchedSoukd compares every answer."""
import copy

from contract import Contract
from souk import expect

TIME = "2026-11-21T09:30:00.123Z"
EVENT = {"number": 1, "store_seq": 1, "store_id": "str_1", "store_name": "Green Tea", "type": "store.ready", "phase": "Ready", "step": None, "state": None, "reason": None, "condition": None,
         "message": "", "percent": 100, "store_version": 1, "operation": None, "time": TIME}


def the_contract_keeps_to_itself(_):
    """Every example is what its schema says."""
    count, wrong = Contract().wrong_examples()
    expect(not wrong, "; ".join(wrong))
    expect(count >= 10, f"only {count} examples were found")


def a_wrong_answer_is_found(_):
    """The comparison itself: it accepts a right answer and refuses each kind of wrong one."""
    contract = Contract()
    page = {"events": [EVENT], "next_page_token": ""}

    def verdict(document=page, status=200, kind="application/json", path="/api/v1/events", method="GET", body=None):
        try:
            contract.check_answer(method, path, body, status, {"Content-Type": kind}, document)
            return ""
        except AssertionError as error:
            return str(error)
    expect(not verdict(), verdict())
    for what, member, value in (("a missing member", "time", None), ("an unknown member", "colour", "red"), ("another type", "number", "1"),
                                ("a word that is not named", "type", "store.steps"), ("a time that is none", "time", "yesterday"),
                                ("a null", "message", None)):
        wrong = copy.deepcopy(page)
        if what == "a missing member":
            del wrong["events"][0][member]
        else:
            wrong["events"][0][member] = value
        expect(member in verdict(wrong), f"{what} was not found: {verdict(wrong)!r}")
    expect("type" in verdict(kind="text/html"), "another content type was not found")
    expect("no such answer" in verdict(status=201), "another status was not found")
    expect("code" in verdict({"type": "https://x", "title": "", "status": 500, "detail": "", "request_id": ""}, 500, "application/problem+json"),
           "a problem without its code was not found")


def what_other_stories_do_not_ask_for_is_answered_too(world):
    soukd = world.soukd
    store = world.ready("Wobbly", "slow-back")
    for path in ("/health", "/health/live", "/health/ready", "/livez", "/readyz", "/openapi.yaml", "/docs", "/api/v1/plans", "/api/v1/engines",
                 "/api/v1/engines/tiny", f"/api/v1/stores/{store['id']}/pods", f"/api/v1/stores/{store['id']}/logs?tail=5"):
        soukd.api("GET", path, status=200)
    tag = soukd.request("GET", f"/api/v1/stores/{store['id']}")[1]["ETag"]
    status, _, text = soukd.request("GET", f"/api/v1/stores/{store['id']}", headers={"If-None-Match": tag})
    expect(status == 304 and not text, f"{status} {text}")
    lines = soukd.api("GET", f"/api/v1/stores/{store['id']}/logs", headers={"Accept": "application/json"})
    expect(lines["source"] == "live", f"{lines}")
    expect(soukd.request("GET", "/api/v1/events/ws")[0] == 426, "a plain request for the WebSocket")


def every_answer_of_the_contract_was_seen(world):
    operations, schemas = world.soukd.contract.never_seen()
    expect(operations == ["followEvents"], f"without a good answer: {operations}")  # 101 is compared by the integration tests
    expect(not schemas, f"schemas that nothing was compared with: {schemas}")
