import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {time} from "@/lib/api/common"

/** One fact about a store (api/events.md). */
export const storeEvent = answer<Wire<"Event">>()(z.object({
  number: z.number(),
  store_seq: z.number(),
  store_id: z.string(),
  store_name: z.string(),
  type: z.string(),
  phase: z.string(),
  step: z.string().nullable(),
  condition: z.string().nullable(),
  state: z.string().nullable(),
  reason: z.string().nullable(),
  message: z.string(),
  percent: z.number(),
  store_version: z.number(),
  operation: z.string().nullable(),
  time,
}))
export type StoreEvent = z.infer<typeof storeEvent>
