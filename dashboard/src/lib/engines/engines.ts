import {useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {request} from "@/lib/api/request"

export const engine = answer<Wire<"Engine">>()(z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string(),
  upgrades_from: z.array(z.string()),
  plans: z.array(z.string()),
  components: z.array(z.object({
    name: z.string(),
    role: z.string(),
    requests: z.record(z.string(), z.object({cpu: z.string(), memory: z.string()})),
  })),
  urls: z.record(z.string(), z.string()),
  hints: z.record(z.string(), z.string()),
  checks: z.array(z.object({name: z.string(), title: z.string(), always: z.boolean()})),
  provisioning_deadline_seconds: z.number(),
}))
export type Engine = z.infer<typeof engine>

export const useEngines = () => useQuery({
  queryKey: ["engines"],
  queryFn: ({signal}) => request("/api/v1/engines", z.object({engines: z.array(engine)}), {signal}),
  select: (found) => found.engines,
  staleTime: 60_000,
})
