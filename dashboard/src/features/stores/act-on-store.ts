import {useMutation, useQueryClient} from "@tanstack/react-query"
import {useRef} from "react"

import {isProblem} from "@/lib/api/problem"
import {request} from "@/lib/api/request"
import {randomKey} from "@/lib/random-key"
import {storePath} from "@/lib/stores/store"
import {takeOperation, takeStore} from "@/lib/stores/take"

import {accepted} from "./accepted"

export type StoreAction = "retry" | "suspend" | "resume" | "restart"

interface Wish {
  id: string
  action: StoreAction
}

/** What got no answer is asked again under the same key, so that it is done once; what was answered is over, and the next click is another wish. */
export function useStoreAction() {
  const queries = useQueryClient()
  const keys = useRef(new Map<string, string>())
  const nameOf = ({id, action}: Wish): string => `${action} ${id}`
  return useMutation({
    mutationFn: (wish: Wish) => {
      const key = keys.current.get(nameOf(wish)) ?? randomKey()
      keys.current.set(nameOf(wish), key)
      return request(`${storePath(wish.id)}/actions/${wish.action}`, accepted, {method: "POST", headers: {"Idempotency-Key": key}})
    },
    onSuccess: ({store, operation}) => {
      takeStore(queries, store)
      takeOperation(queries, operation)
    },
    onSettled: (_, error, wish) => {
      if (!isProblem(error) || !error.passing) keys.current.delete(nameOf(wish))
    },
  })
}
