import type {QueryClient} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {time} from "@/lib/api/common"
import {setCsrfToken} from "@/lib/api/request"

export const session = answer<Wire<"Session"> & {csrf_token: string}>()(z.object({
  id: z.string(),
  user: z.string(),
  team: z.string(),
  role: z.string(),
  csrf_token: z.string(),
  created: time,
  expires: time,
}))
export type Session = z.infer<typeof session>

export const sessionPath = "/api/v1/session"
export const sessionKey = ["session"] as const
/** What is the same for who is not signed in. */
const OF_NOBODY: readonly string[] = [sessionKey[0], "dashboard"]

/** From here on writes are those of this session. */
export const keep = (found: Session): Session => {
  setCsrfToken(found.csrf_token)
  return found
}

/** Nothing of a session's data stays behind for whoever comes next. */
export function endSession(queries: QueryClient): void {
  setCsrfToken("")
  queries.removeQueries({predicate: ({queryKey}) => !OF_NOBODY.includes(String(queryKey[0]))})
  queries.getMutationCache().clear()
  queries.setQueryData(sessionKey, null)
}
