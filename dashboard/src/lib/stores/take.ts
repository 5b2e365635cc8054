import type {QueryClient} from "@tanstack/react-query"

import {operationKeys, type Operation} from "@/lib/operations/operation"

import {storeKeys, type Store} from "./store"

/**
 * The store that a write was answered with. A repeated write is answered as the first time, which may be long over, with no event to
 * come that mends it: the newest stays, and it is read again.
 */
export function takeStore(queries: QueryClient, store: Store): void {
  const key = storeKeys.one(store.id)
  queries.setQueryData<Store>(key, (old) => (old && old.version > store.version ? old : store))
  void queries.invalidateQueries({queryKey: key, exact: true})
}

/** The same for the operation that began with it. */
export function takeOperation(queries: QueryClient, operation: Operation): void {
  const key = operationKeys.one(operation.id)
  queries.setQueryData<Operation>(key, (old) => (old && old.updated > operation.updated ? old : operation))
  void queries.invalidateQueries({queryKey: key, exact: true})
}
