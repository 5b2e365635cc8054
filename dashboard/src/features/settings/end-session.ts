import {useMutation, useQueryClient} from "@tanstack/react-query"

import {isProblem} from "@/lib/api/problem"
import {send} from "@/lib/api/request"

import {sessionsKey} from "./list-sessions"

/** Ends others' sessions, all that are named. One that has ended meanwhile is what was wanted. */
export function useEndSessions() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) {
        await send(`/api/v1/sessions/${encodeURIComponent(id)}`, {method: "DELETE"}).catch((error: unknown) => {
          if (!isProblem(error) || error.status !== 404) throw error
        })
      }
    },
    onSettled: () => queries.invalidateQueries({queryKey: sessionsKey}),
  })
}
