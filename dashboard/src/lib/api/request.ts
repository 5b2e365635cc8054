import type {z} from "zod"

import {base} from "@/lib/base"
import {messages} from "@/messages"

import {isProblem, Problem} from "./problem"

const TIMEOUT_MS = 15_000

/** The session's token against forged writes; it lives in memory only, so another origin can never read it. */
let csrfToken = ""
export const setCsrfToken = (token: string): void => {
  csrfToken = token
}

/** Called with every 401 outside the log-in itself. */
let onSignedOut: () => void = () => undefined
export const whenSignedOut = (call: () => void): void => {
  onSignedOut = call
}

/** Called when the token is not the session's: another tab has logged in anew. Reads it. */
let renewToken: () => Promise<unknown> = () => Promise.resolve()
export const whenTokenRefused = (call: () => Promise<unknown>): void => {
  renewToken = call
}

export interface Options {
  method?: "GET" | "POST" | "PATCH" | "DELETE"
  /** A list repeats its name. */
  query?: Record<string, string | number | boolean | readonly string[] | undefined>
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** The log-in: a 401 is an answer there, not the end of a session. */
  anonymous?: boolean
  /** Statuses beside 2xx that are an answer and no problem. */
  alsoGood?: readonly number[]
}

export const pathWith = (path: string, query: Options["query"] = {}): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== "") search.append(name, String(one))
    }
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** One call of the API. The answer is checked against `schema`: what does not fit is a Problem here and not an `undefined` later. */
export async function request<Schema extends z.ZodType>(path: string, schema: Schema, options: Options = {}): Promise<z.infer<Schema>> {
  const response = await send(path, options)
  const parsed = schema.safeParse(response.status === 204 ? undefined : await response.json().catch(() => undefined))
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join(".") ?? ""
    throw new Problem(response.status, "unexpected_answer", messages.problems.unexpected(where))
  }
  return parsed.data
}

export async function send(path: string, options: Options = {}): Promise<Response> {
  const sentWith = csrfToken
  try {
    return await sendOnce(path, options)
  } catch (error) {
    // What was refused for its token was not done: with the right one it is the same click.
    if (!isProblem(error, "csrf_refused")) throw error
    await renewToken()
    if (csrfToken === sentWith) throw error
    return sendOnce(path, options)
  }
}

async function sendOnce(path: string, options: Options): Promise<Response> {
  const {method = "GET", query, body, headers = {}, signal, anonymous = false, alsoGood = []} = options
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  let response: Response
  try {
    response = await fetch(base + pathWith(path, query), {
      method,
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : {"Content-Type": "application/json"}),
        ...(method === "GET" ? {} : {"X-CSRF-Token": csrfToken}),
        ...headers,
      },
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Problem(0, "unreachable", messages.problems.unreachable)
  }
  if (response.status === 401 && !anonymous) onSignedOut()
  if (!response.ok && !alsoGood.includes(response.status)) throw await Problem.from(response)
  return response
}
