import {useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {time} from "@/lib/api/common"
import {request} from "@/lib/api/request"

const openSession = answer<Wire<"Session">>()(z.object({
  id: z.string(),
  user: z.string(),
  address: z.string(),
  agent: z.string(),
  created: time,
  last_used: time,
  expires: time,
  current: z.boolean(),
}))
export type OpenSession = z.infer<typeof openSession>

export const sessionsKey = ["sessions"] as const

/** Sessions come and go without an event: read again whenever the page is opened. */
export const useSessions = () => useQuery({
  queryKey: sessionsKey,
  queryFn: ({signal}) => request("/api/v1/sessions", z.object({sessions: z.array(openSession)}), {signal}),
  // The one that is read here first, then the one used last.
  select: ({sessions}) => sessions.toSorted((a, b) => Number(b.current) - Number(a.current) || b.last_used.getTime() - a.last_used.getTime()),
  staleTime: 0,
})
