import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {failure, maybeTime, progress, time} from "@/lib/api/common"

/** Long work that somebody asked for. */
export const operation = answer<Wire<"Operation">>()(z.object({
  id: z.string(),
  kind: z.string(),
  store_id: z.string(),
  store_name: z.string(),
  resource: z.string(),
  state: z.string(),
  done: z.boolean(),
  progress,
  error: failure.nullable(),
  requested_by: z.string(),
  created: time,
  updated: time,
  ended: maybeTime,
}))
export type Operation = z.infer<typeof operation>

/** A deletion goes forward only; a suspension, resumption or restart is too short for it. */
export const isCancellable = ({kind, done}: Operation): boolean => !done && (kind === "store.create" || kind === "store.retry")

export const operationPath = (id: string): string => `/api/v1/operations/${encodeURIComponent(id)}`

export const operationKeys = {
  all: ["operations"] as const,
  lists: ["operations", "list"] as const,
  list: (filter: object) => ["operations", "list", filter] as const,
  one: (id: string) => ["operations", "one", id] as const,
}
