import { describe, expect, it, vi } from "vitest";
import { ApiClient } from "../src/api/client";
import { ApiError, errorFromResponse, sentenceFor } from "../src/api/errors";
import { StoreApi } from "../src/api/store-api";
import { messages } from "../src/messages";

type Answer = { status?: number; body?: unknown; text?: string } | Error;

function fakeFetch(...answers: Answer[]) {
  const calls: { url: string; init: RequestInit }[] = [];
  const fetch_ = vi.fn(async (url: unknown, init?: RequestInit) => {
    calls.push({ url: String(url), init: init ?? {} });
    const answer = answers.shift() ?? new Error("no more answers");
    if (answer instanceof Error) throw answer;
    return new Response(answer.text ?? JSON.stringify(answer.body ?? {}), { status: answer.status ?? 200 });
  });
  return { calls, fetch: fetch_ as unknown as typeof fetch };
}

const client = (fake: typeof fetch): ApiClient =>
  new ApiClient({ publishableKey: "pk_test", fetch: fake, retryDelayMs: 0, timeoutMs: 50 });

const kind = (expected: string) => expect.objectContaining({ name: "ApiError", kind: expected });

describe("ApiClient", () => {
  it("sends the shop's key, JSON and encoded queries", async () => {
    const { calls, fetch } = fakeFetch({ body: { a: 1 } });
    await client(fetch).post("/store/carts", { region_id: "r" }, { query: { fields: "+a,*b", none: undefined } });
    expect(calls[0]?.url).toBe("/store/carts?fields=%2Ba%2C*b");
    expect(calls[0]?.init).toMatchObject({ method: "POST", body: `{"region_id":"r"}` });
    expect(calls[0]?.init.headers).toMatchObject({ "x-publishable-api-key": "pk_test", "content-type": "application/json" });
  });

  it("reads again once after a failure on the way, and never repeats a change", async () => {
    const reads = fakeFetch(new TypeError("offline"), { body: { ok: true } });
    await expect(client(reads.fetch).get("/store/regions")).resolves.toEqual({ ok: true });
    expect(reads.calls).toHaveLength(2);

    const writes = fakeFetch(new TypeError("offline"));
    await expect(client(writes.fetch).post("/store/carts", {})).rejects.toEqual(kind("network"));
    expect(writes.calls).toHaveLength(1);
  });

  it("does not read again what the API refused", async () => {
    const { calls, fetch } = fakeFetch({ status: 404 });
    await expect(client(fetch).get("/store/orders/x")).rejects.toEqual(kind("not_found"));
    expect(calls).toHaveLength(1);
  });

  it("gives up after its deadline", async () => {
    const hanging = ((_url: unknown, init?: RequestInit) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("aborted"))))) as typeof fetch;
    await expect(client(hanging).get("/store/regions")).rejects.toEqual(kind("timeout"));
  });

  it("tells a page that left from a failure", async () => {
    const abort = new AbortController();
    abort.abort();
    const { fetch } = fakeFetch(new Error("aborted"));
    await expect(client(fetch).get("/x", { signal: abort.signal })).rejects.toMatchObject({ name: "AbortError" });
  });

  it("does not take a web page for an answer", async () => {
    const { fetch } = fakeFetch({ text: "<html>" });
    await expect(client(fetch).get("/x")).rejects.toEqual(kind("unexpected"));
  });
});

describe("errorFromResponse", () => {
  it.each([
    [400, { message: "A valid publishable key is required" }, "not_ready"],
    [400, { code: "insufficient_inventory", message: "x" }, "stock"],
    [400, { message: "Cart c is already completed." }, "completed"],
    [400, { type: "invalid_data", message: "x" }, "rejected"],
    [404, null, "not_found"],
    [409, {}, "busy"],
    [503, "text", "unavailable"],
    [500, {}, "unexpected"],
  ])("%i %j is %s", (status, body, expected) => {
    expect(errorFromResponse(status, body).kind).toBe(expected);
  });

  it("never shows the API's own words", () => {
    expect(sentenceFor(new ApiError("rejected", 400, "SQL <b>"))).toBe(messages.errors.rejected);
    expect(sentenceFor(new Error("boom"))).toBe(messages.errors.unexpected);
  });
});

describe("StoreApi", () => {
  const place = { regionId: "r", countryCode: "de" };

  it("lists without stock numbers when the key may not ask for them, and remembers", async () => {
    const page = { body: { products: [], count: 0 } };
    const { calls, fetch } = fakeFetch({ status: 400, body: { type: "invalid_data" } }, page, page);
    const api = new StoreApi(client(fetch));
    await api.products(place, 0, 10);
    await api.products(place, 0, 10);
    expect(calls.map((call) => call.url.includes("inventory_quantity"))).toEqual([true, false, false]);
  });

  it("asks again for an order whose answer was lost", async () => {
    const { calls, fetch } = fakeFetch(new TypeError("offline"), { status: 409 }, { body: { type: "order", order: { id: "o1" } } });
    const result = await new StoreApi(client(fetch)).complete("c1", 3, 0);
    expect(result).toEqual({ type: "order", order: { id: "o1" } });
    expect(calls).toHaveLength(3);
  });

  it("encodes ids in paths", async () => {
    const { calls, fetch } = fakeFetch({ body: { order: {} } });
    await new StoreApi(client(fetch)).order("a/../b?");
    expect(calls[0]?.url).toBe("/store/orders/a%2F..%2Fb%3F");
  });
});
