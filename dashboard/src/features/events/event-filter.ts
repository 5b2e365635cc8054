import {z} from "zod"

import type {EventFilter} from "@/lib/events/list-events"

export const TYPES = [
  "store.requested", "store.phase", "store.ready", "store.step", "store.condition", "store.renamed", "store.deleted",
  "store.credentials_revealed", "operation.started", "operation.cancelling", "operation.ended",
] as const

/** As the address bar holds it; what it cannot mean is left out. Days are the reader's own, from their beginning to their end. */
export const eventSearch = z.object({
  store: z.string().optional().catch(undefined),
  type: z.array(z.enum(TYPES)).optional().catch(undefined),
  since: z.iso.date().optional().catch(undefined),
  until: z.iso.date().optional().catch(undefined),
})
export type EventSearch = z.infer<typeof eventSearch>

/** What the list is asked for. */
export const filterOf = ({store, type, since, until}: EventSearch): EventFilter => ({
  store,
  type,
  since: since && new Date(`${since}T00:00:00`).toISOString(),
  until: until && new Date(`${until}T23:59:59.999`).toISOString(),
})
