import {useMutation, useQueryClient} from "@tanstack/react-query"

import {request} from "@/lib/api/request"
import {store, storeKeys, storePath, type Store} from "@/lib/stores/store"
import {takeStore} from "@/lib/stores/take"

/** Refused when somebody else changed the store since it was read (412). */
export function useRenameStore() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({of, name}: {of: Store; name: string}) =>
      request(storePath(of.id), store, {method: "PATCH", body: {name}, headers: {"If-Match": `"${of.generation}.${of.version}"`}}),
    onSuccess: (renamed) => { takeStore(queries, renamed) },
    onError: (_, {of}) => queries.invalidateQueries({queryKey: storeKeys.one(of.id)}),
  })
}
