import {useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {request} from "@/lib/api/request"

/** Resources are Kubernetes quantities (`lib/format`: `quantity`). */
export const plan = answer<Wire<"Plan">>()(z.object({
  name: z.string(),
  title: z.string(),
  requests_cpu: z.string(),
  requests_memory: z.string(),
  limits_cpu: z.string(),
  limits_memory: z.string(),
  pods: z.number(),
  volume_claims: z.number(),
  storage: z.string(),
}))
export type Plan = z.infer<typeof plan>

export const usePlans = () => useQuery({
  queryKey: ["plans"],
  queryFn: ({signal}) => request("/api/v1/plans", z.object({plans: z.array(plan)}), {signal}),
  select: (found) => found.plans,
  staleTime: 60_000,
})
