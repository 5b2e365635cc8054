import {keepPreviousData, useInfiniteQuery} from "@tanstack/react-query"
import {z} from "zod"

import {listStores} from "@/lib/stores/list-stores"
import {storeKeys, type StoreFilter} from "@/lib/stores/store"

export const SORTS = ["-created", "created", "name", "-name", "-updated"] as const

/** What the address bar may say; what it should not is ignored. */
export const storeFilter = z.object({
  search: z.string().optional().catch(undefined),
  phase: z.array(z.string()).optional().catch(undefined),
  engine: z.string().optional().catch(undefined),
  plan: z.string().optional().catch(undefined),
  sort: z.enum(SORTS).optional().catch(undefined),
})

/** So many rows that are selected stand in the address; who selects more has them in this tab. */
export const MOST_KEPT = 50

/** All that the address bar says of the list. */
export const storesView = storeFilter.extend({selected: z.array(z.string()).optional().catch(undefined)})

/** Pages by key, never by number: a store that comes or goes meanwhile is neither shown twice nor skipped. */
export function useStores(filter: StoreFilter) {
  return useInfiniteQuery({
    queryKey: storeKeys.list(filter),
    queryFn: ({pageParam, signal}) => listStores({...filter, pageToken: pageParam}, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_page_token || undefined,
    // The rows before stay until the next are there: a table that comes and goes with each letter is none.
    placeholderData: keepPreviousData,
  })
}
