import {vi} from "vitest"

/** A request as a handler sees it. */
export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  params: Record<string, string>
  body: unknown
  headers: Headers
  signal: AbortSignal | null
}

type Handler = (asked: Asked) => unknown

/** What a handler returns to answer otherwise than with 200 and JSON. */
export class Answer {
  constructor(readonly status: number, readonly body: unknown, readonly headers: Record<string, string> = {}) {}
}

/** A problem document as soukd writes it. */
export const problem = (status: number, code: string, detail: string, more: object = {}, headers: Record<string, string> = {}): Answer =>
  new Answer(status, {type: `https://souk.dev/problems/${code}`, title: code, status, detail, code, request_id: "req_1", ...more}, {"Content-Type": "application/problem+json", ...headers})

/**
 * Stands for soukd: answers `fetch` by "METHOD /path/:parameter". What it does not know is 404, as of an older soukd.
 * `asked` is all that came; handlers may be added or replaced while a test runs.
 */
export function fakeSoukd(handlers: Record<string, Handler>): {asked: Asked[]; handlers: Record<string, Handler>} {
  const asked: Asked[] = []
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init: RequestInit = {}) => new Promise<Response>((resolve, reject) => {
    const url = new URL(input instanceof Request ? input.url : String(input), "http://souk.test")
    const one: Asked = {
      method: init.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      params: {},
      body: typeof init.body === "string" ? JSON.parse(init.body) as unknown : undefined,
      headers: new Headers(init.headers),
      signal: init.signal ?? null,
    }
    asked.push(one)
    init.signal?.addEventListener("abort", () => { reject(new DOMException("aborted", "AbortError")) })
    void Promise.resolve().then(() => answerTo(one, handlers)).then(resolve, reject)
  }))
  return {asked, handlers}
}

async function answerTo(asked: Asked, handlers: Record<string, Handler>): Promise<Response> {
  for (const [route, handler] of Object.entries(handlers)) {
    const [method, pattern = ""] = route.split(" ")
    if (method !== asked.method) continue
    const names: string[] = []
    const found = new RegExp(`^${pattern.replaceAll(/:(\w+)/g, (_, name: string) => {
      names.push(name)
      return "([^/]+)"
    })}$`).exec(asked.path)
    if (!found) continue
    const params = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")]))
    const given = await handler({...asked, params})
    if (given instanceof Response) return given
    const answer = given instanceof Answer ? given : new Answer(200, given)
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {status: answer.status, headers: {"Content-Type": "application/json", ...answer.headers}})
  }
  return answerTo({...asked, method: "NONE", path: "/none"}, {"NONE /none": () => problem(404, "not_found", "There is no such path.")})
}
