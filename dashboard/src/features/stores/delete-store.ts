import {useMutation, useQueryClient} from "@tanstack/react-query"

import {request} from "@/lib/api/request"
import {storePath} from "@/lib/stores/store"
import {takeStore} from "@/lib/stores/take"

import {accepted} from "./accepted"

/** The typed name is the proof that this store is meant. */
export function useDeleteStore() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({id, confirm}: {id: string; confirm: string}) => request(storePath(id), accepted, {method: "DELETE", query: {confirm}}),
    onSuccess: ({store}) => { takeStore(queries, store) },
  })
}
