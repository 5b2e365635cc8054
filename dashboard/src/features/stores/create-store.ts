import {useMutation, useQueryClient} from "@tanstack/react-query"

import {request} from "@/lib/api/request"
import {storeKeys} from "@/lib/stores/store"
import {takeStore} from "@/lib/stores/take"

import {accepted} from "./accepted"

export interface NewStore {
  name: string
  engine: string
  plan: string
}

/** `key` makes a second click or a repeated request the same creation. */
export function useCreateStore() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({key, ...body}: NewStore & {key: string}) =>
      request("/api/v1/stores", accepted, {method: "POST", body, headers: {"Idempotency-Key": key}}),
    onSuccess: ({store}) => {
      takeStore(queries, store)
      void queries.invalidateQueries({queryKey: storeKeys.lists})
    },
  })
}
