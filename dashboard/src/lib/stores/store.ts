import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {failure, maybeTime, progress, time} from "@/lib/api/common"

/** What a store is. Shared by features. */
export const store = answer<Wire<"Store">>()(z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  team: z.string(),
  engine: z.string(),
  engine_version: z.string(),
  plan: z.string(),
  hosts: z.array(z.string()),
  namespace: z.string(),
  phase: z.string(),
  conditions: z.array(z.object({type: z.string(), status: z.boolean(), reason: z.string(), message: z.string(), changed: time})),
  progress,
  urls: z.object({storefront: z.string().nullable(), admin: z.string().nullable(), api: z.string().nullable()}),
  failure: failure.nullable(),
  operation: z.string().nullable(),
  generation: z.number(),
  version: z.number(),
  created: time,
  updated: time,
  ready_at: maybeTime,
  deleted_at: maybeTime,
}))
export type Store = z.infer<typeof store>
export type Condition = Store["conditions"][number]

export const storePath = (id: string): string => `/api/v1/stores/${encodeURIComponent(id)}`

/** So many are asked at a time. */
export const PAGE_SIZE = 100
export const storePage = z.object({stores: z.array(store), next_page_token: z.string()})
export type StorePage = z.infer<typeof storePage>
/** A list in the cache, as far as it was scrolled. */
export interface StorePages {
  pages: StorePage[]
  pageParams: unknown[]
}

/** As the address bar holds it; an empty filter is left out. */
export interface StoreFilter {
  search?: string | undefined
  phase?: string[] | undefined
  engine?: string | undefined
  plan?: string | undefined
  sort?: "-created" | "created" | "name" | "-name" | "-updated" | undefined
}

/** Parts that are the cluster's own objects. No event tells that they have changed, but a hint (api/events.md). */
export const OBJECT_PARTS: readonly unknown[] = ["pods", "resources", "resource"]

export const storeKeys = {
  all: ["stores"] as const,
  lists: ["stores", "list"] as const,
  list: (filter: StoreFilter) => ["stores", "list", filter] as const,
  one: (id: string) => ["stores", "one", id] as const,
  /** What belongs to one store and changes with its events, and with hints if it is among the parts above. */
  part: (id: string, part: string, of: unknown = null) => ["stores", "one", id, part, of] as const,
}
