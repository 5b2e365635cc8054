import {useInfiniteQuery} from "@tanstack/react-query"
import type {z} from "zod"

import {request} from "@/lib/api/request"

import {eventPage} from "./envelopes"
import type {StoreEvent} from "./event"

export interface EventFilter {
  /** Id, slug or name. */
  store?: string | undefined
  type?: readonly string[] | undefined
  /** RFC 3339. */
  since?: string | undefined
  until?: string | undefined
}

export interface EventPages {
  pages: z.infer<typeof eventPage>[]
  pageParams: unknown[]
}

export const eventKeys = {
  all: ["events"] as const,
  list: (filter: EventFilter & {pageSize?: number}) => ["events", "list", filter] as const,
}

/** Newest first. What comes meanwhile is put in front by the event stream. */
export function useEventPages(filter: EventFilter, pageSize = 100) {
  return useInfiniteQuery({
    queryKey: eventKeys.list({...filter, pageSize}),
    queryFn: ({pageParam, signal}) => request("/api/v1/events", eventPage, {query: {...filter, page_size: pageSize, page_token: pageParam}, signal}),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_page_token || undefined,
  })
}

/**
 * Whether a list with this filter has this event. A store named otherwise than by its id is known by the events that the list has already
 * (`id`); before there are any: null, ask the server.
 */
export function belongs(filter: EventFilter, event: StoreEvent, id?: string): boolean | null {
  const store = filter.store === undefined || filter.store.startsWith("str_") ? filter.store : id
  if (store !== undefined && store !== event.store_id) return false
  if (filter.store !== undefined && store === undefined) return null
  if (filter.type !== undefined && filter.type.length > 0 && !filter.type.includes(event.type)) return false
  if (filter.until !== undefined && event.time > new Date(filter.until)) return false
  return filter.since === undefined || event.time >= new Date(filter.since)
}
