import {until, type Step} from "./steps"

export type Answer = (query: URLSearchParams) => Response | Promise<Response>

/** By "METHOD /path". */
export type Answers = Readonly<Record<string, Answer>>

/** What is asked in a story goes to no soukd: over what it has no answer for, this one thinks for ever. */
export function soukdSays(answers: Answers): void {
  window.fetch = (input, init = {}) => {
    const {pathname, searchParams} = new URL(input instanceof Request ? input.url : String(input), "http://souk.test")
    const answer = answers[`${init.method ?? "GET"} ${pathname}`] ?? thinks
    return Promise.resolve(answer(searchParams))
  }
}

export const thinks: Answer = () => new Promise<Response>(() => undefined)

export const says = (body: unknown): Answer => () => new Response(JSON.stringify(body), {headers: {"Content-Type": "application/json"}})

export const refuses = (status: number, code: string, detail: string, headers: Record<string, string> = {}): Answer => () =>
  new Response(JSON.stringify({title: code, status, detail, code, request_id: "01arz3"}), {status, headers: {"Content-Type": "application/problem+json", ...headers}})

export const isAway: Answer = () => Promise.reject(new TypeError("Failed to fetch"))

/** Lines of a log as somebody follows them; a step writes more. */
export function followed(): {answer: Answer; write: (text: string) => Step} {
  const encoder = new TextEncoder()
  let reader: ReadableStreamDefaultController<Uint8Array> | undefined
  return {
    answer: () => new Response(new ReadableStream<Uint8Array>({start: (controller) => { reader = controller }})),
    write: (text) => async () => { (await until("somebody who follows", () => reader)).enqueue(encoder.encode(text)) },
  }
}
