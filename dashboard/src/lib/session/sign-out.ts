import {useMutation, useQueryClient} from "@tanstack/react-query"

import {isProblem} from "@/lib/api/problem"
import {send} from "@/lib/api/request"

import {endSession, sessionPath} from "./session"

export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    // 401: the session has ended by itself meanwhile, which is what was wanted.
    mutationFn: () => send(sessionPath, {method: "DELETE", anonymous: true}).catch((error: unknown) => {
      if (!isProblem(error) || error.status !== 401) throw error
    }),
    onSuccess: () => { endSession(queries) },
  })
}
