import {keepPreviousData, useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {time} from "@/lib/api/common"
import {request} from "@/lib/api/request"

const phases = z.record(z.string(), z.number())

export const stats = answer<Wire<"Stats">>()(z.object({
  phases,
  engines: z.array(z.object({engine: z.string(), stores: z.number(), phases})),
  creations: z.array(z.object({
    engine: z.string(),
    count: z.number(),
    median_seconds: z.number(),
    p95_seconds: z.number(),
    steps: z.array(z.object({step: z.string(), median_seconds: z.number()})),
  })),
  history: z.array(z.object({store_id: z.string(), engine: z.string(), ready_at: time, seconds: z.number()})),
  failures: z.array(z.object({engine: z.string(), reason: z.string(), count: z.number()})),
  queue: z.object({ready: z.number(), running: z.number(), snoozed: z.number(), stalled: z.number(), oldest_ready_seconds: z.number()}),
  workers: z.object({total: z.number(), busy: z.number()}),
  capacity: z.object({
    requests_cpu_millicores: z.number(),
    requests_memory_bytes: z.number(),
    storage_bytes: z.number(),
    used_cpu_millicores: z.number().nullable(),
    used_memory_bytes: z.number().nullable(),
    pods: z.number().nullable(),
  }),
}))
export type Stats = z.infer<typeof stats>

export const statsKey = ["stats"] as const

/**
 * What the platform knows of all its stores: how many in which phase, how long creations take. The event stream has it read again; `again`:
 * milliseconds until the next question, where figures are shown that change without an event (workers, queue, capacity).
 */
export const useStats = (days = 30, again: number | false = false) => useQuery({
  queryKey: [...statsKey, days],
  queryFn: ({signal}) => request("/api/v1/stats", stats, {query: {days}, signal}),
  placeholderData: keepPreviousData,
  refetchInterval: again,
})
