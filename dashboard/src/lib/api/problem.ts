import {z} from "zod"

import {messages} from "@/messages"

import {answer, type Wire} from "./answer"

/** RFC 9457 as soukd writes it. */
const problemSchema = answer<Wire<"Problem">>()(z.object({
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  request_id: z.string(),
  errors: z.array(z.object({pointer: z.string(), code: z.string(), detail: z.string()})).optional(),
  receipt: z.string().optional(),
  operation: z.string().optional(),
}))

const secondsOf = (header: string | null): number | null => (header !== null && /^\d+$/.test(header) ? Number(header) : null)

/** What went wrong with a request, in words for a person. `status` 0: no answer came at all. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string
  /** Sentence by field (`/name` becomes `name`). */
  readonly fields: Readonly<Record<string, string>>
  /** Seconds after which another try may work, if the answer said so. */
  readonly retryAfter: number | null
  /** Links to what stands in the way or tells more: `receipt`, `operation`. */
  readonly links: Readonly<Record<string, string>>

  constructor(status: number, code: string, detail: string, more: {requestId?: string; fields?: Record<string, string>; retryAfter?: number | null; links?: Record<string, string>} = {}) {
    super(detail)
    this.name = "Problem"
    this.status = status
    this.code = code
    this.requestId = more.requestId ?? ""
    this.fields = more.fields ?? {}
    this.retryAfter = more.retryAfter ?? null
    this.links = more.links ?? {}
  }

  /** Worth trying again without a change: nothing was reached, or the other side is overloaded. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }

  static async from(response: Response): Promise<Problem> {
    const parsed = problemSchema.safeParse(await response.json().catch(() => null))
    if (!parsed.success) {
      return new Problem(response.status, "unexpected_answer", messages.problems.unexplained(response.status))
    }
    const {status, code, detail, request_id, errors = [], receipt, operation} = parsed.data
    const fields = Object.fromEntries(errors.map((e) => [e.pointer.replace(/^\//, ""), e.detail]))
    const links = {...(receipt === undefined ? {} : {receipt}), ...(operation === undefined ? {} : {operation})}
    return new Problem(status, code, detail, {requestId: request_id, fields, retryAfter: secondsOf(response.headers.get("Retry-After")), links})
  }
}

/** The question itself is wrong: asking again changes nothing. */
export const isRefused = (error: unknown): boolean => error instanceof Problem && error.status === 400

export const isProblem = (error: unknown, code?: string): error is Problem =>
  error instanceof Problem && (code === undefined || error.code === code)
