import {useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {request} from "@/lib/api/request"

const check = answer<Wire<"HealthCheck">>()(z.object({status: z.string(), latency_ms: z.number().nullable(), message: z.string()}))
export type Check = z.infer<typeof check>

const health = answer<Wire<"Health">>()(z.object({
  status: z.string(),
  version: z.string(),
  checks: z.object({
    database: check,
    cluster: check,
    queue: check.extend({jobs: z.record(z.string(), z.number()), oldest_ready_seconds: z.number()}),
  }),
}))
export type Health = z.infer<typeof health>

/** Nobody tells by an event that the database or the cluster is slow, so this one is asked while it is looked at. */
const EVERY_MS = 5000

export const useHealth = () => useQuery({
  queryKey: ["health"],
  queryFn: ({signal}) => request("/api/v1/health", health, {signal, alsoGood: [503]}),
  refetchInterval: EVERY_MS,
  staleTime: 0,
  retry: false,
})
