import {keepPreviousData, useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {time} from "@/lib/api/common"
import {request} from "@/lib/api/request"
import {storeKeys, storePath} from "@/lib/stores/store"

export const RANGES = ["1h", "24h", "7d", "30d"] as const
export type Range = (typeof RANGES)[number]

export const usage = answer<Wire<"Usage">>()(z.object({
  now: z.object({
    time,
    pods: z.array(z.object({pod: z.string(), cpu_millicores: z.number(), memory_bytes: z.number()})),
    cpu_millicores: z.number(),
    memory_bytes: z.number(),
    storage_bytes: z.number(),
  }).nullable(),
  quota: z.object({
    requests_cpu_millicores: z.number(),
    limits_cpu_millicores: z.number(),
    requests_memory_bytes: z.number(),
    limits_memory_bytes: z.number(),
    storage_bytes: z.number(),
    pods: z.number(),
  }),
  samples: z.array(z.object({time, cpu_millicores: z.number(), memory_bytes: z.number(), storage_bytes: z.number()})),
}))
export type Usage = z.infer<typeof usage>

/** Measures tell nobody that they have changed, so this one is asked again while it is shown. */
const EVERY_MS = 30_000

export const useUsage = (id: string, range: Range) => useQuery({
  queryKey: storeKeys.part(id, "usage", range),
  queryFn: ({signal}) => request(`${storePath(id)}/usage`, usage, {query: {range}, signal}),
  placeholderData: keepPreviousData,
  refetchInterval: EVERY_MS,
})
