import {useQuery, useQueryClient} from "@tanstack/react-query"

import {isProblem} from "@/lib/api/problem"
import {request} from "@/lib/api/request"

import {keep, session, sessionKey, sessionPath, type Session} from "./session"

/** So many failures in a row are told. */
const TOLD = 4

/** Null: nobody is signed in. Anything else that goes wrong is an error and not a log-out. */
export function useSession() {
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: sessionKey,
    queryFn: async ({signal}): Promise<Session | null> => {
      // Who was signed in is told like by any other answer that the session has ended.
      const anonymous = !queries.getQueryData(sessionKey)
      try {
        return keep(await request(sessionPath, session, {signal, anonymous}))
      } catch (error) {
        if (isProblem(error) && error.status === 401) return null
        throw error
      }
    },
    // Before the first answer there is no page and nothing else that asks: this goes on by itself until soukd is back.
    retry: (count, error) => isProblem(error) && error.passing && (count < TOLD - 1 || queries.getQueryData(sessionKey) === undefined),
    staleTime: Infinity,
    gcTime: Infinity,
  })
  const stuck = query.failureCount >= TOLD ? query.failureReason : null
  const again = () => { void queries.resetQueries({queryKey: sessionKey}) }
  return {data: query.data, error: query.error ?? stuck, again}
}
