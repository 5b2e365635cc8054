import type {QueryClient} from "@tanstack/react-query"

import {storeKeys, type Store, type StoreFilter, type StorePage, type StorePages} from "@/lib/stores/store"

/** @returns whether any list has this store */
export function changeInLists(queries: QueryClient, id: string, change: (store: Store) => Store | null): boolean {
  let found = false
  for (const [key, list] of queries.getQueriesData<StorePages>({queryKey: storeKeys.lists})) {
    if (!list?.pages.some((page) => page.stores.some((store) => store.id === id))) continue
    found = true
    const phases = ((key[2] ?? {}) as StoreFilter).phase
    const stays = (store: Store) => (phases && phases.length > 0 ? phases.includes(store.phase) : store.phase !== "Deleted")
    queries.setQueryData<StorePages>(key, {...list, pages: list.pages.map((page) => {
      if (!page.stores.some((store) => store.id === id)) return page
      return {...page, stores: page.stores.flatMap((store) => {
        const changed = store.id === id ? change(store) : store
        return changed && stays(changed) ? [changed] : []
      })}
    })})
  }
  return found
}

/** The list with its first page as it is now. Rows that were pushed out of that page stay behind it, for the next one begins after them. */
export function withFirst(list: StorePages, first: StorePage): StorePages {
  const known = new Map(list.pages.flatMap((page) => page.stores).map((store) => [store.id, store]))
  const read = new Set(first.stores.map(({id}) => id))
  const fresh = first.stores.map((store) => {
    const old = known.get(store.id)
    return old && old.version > store.version ? old : store
  })
  return {...list, pages: list.pages.map((page, index) => {
    const rest = page.stores.filter(({id}) => !read.has(id))
    return {...page, stores: index === 0 ? [...fresh, ...rest] : rest}
  })}
}
