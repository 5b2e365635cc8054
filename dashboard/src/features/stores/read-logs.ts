import {skipToken, useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {request} from "@/lib/api/request"
import {storeKeys, storePath} from "@/lib/stores/store"

const logs = answer<Wire<"Logs">>()(z.object({source: z.string(), logs: z.array(z.object({pod: z.string(), container: z.string(), text: z.string()}))}))
export type Logs = z.infer<typeof logs>

export interface LogsWanted {
  pod?: string | undefined
  container?: string | undefined
  previous?: boolean | undefined
  /** Last lines of each container. */
  tail: number
}

/** soukd gives lines as they come to a few at a time only, and a browser has slots for a few; the others ask this often. */
export const ASK_MS = 5000

/**
 * Lines as they are now: kept ones, those of a container's life before, those of a store that stands still. Null: nothing is asked.
 * `again`: milliseconds until the next question, for lines that cannot be followed.
 */
export const useLogs = (id: string, wanted: LogsWanted | null, again: number | false = false) => useQuery({
  queryKey: storeKeys.part(id, "logs", wanted),
  refetchInterval: again,
  queryFn: wanted === null ? skipToken : ({signal}) => request(`${storePath(id)}/logs`, logs, {query: {...wanted}, signal}),
})
