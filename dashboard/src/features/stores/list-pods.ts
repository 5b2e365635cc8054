import {useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {time} from "@/lib/api/common"
import {request} from "@/lib/api/request"
import {storeKeys, storePath} from "@/lib/stores/store"

const pod = answer<Wire<"Pod">>()(z.object({
  name: z.string(),
  component: z.string(),
  phase: z.string(),
  ready: z.boolean(),
  restarts: z.number(),
  reason: z.string(),
  message: z.string(),
  containers: z.array(z.string()),
  created: time,
}))
export type Pod = z.infer<typeof pod>

/** A hint of the event stream has it read again. */
export const usePods = (id: string) => useQuery({
  queryKey: storeKeys.part(id, "pods"),
  queryFn: ({signal}) => request(`${storePath(id)}/pods`, z.object({pods: z.array(pod)}), {signal}),
  select: (found) => found.pods,
})
