import {useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {time} from "@/lib/api/common"
import {request} from "@/lib/api/request"
import {storeKeys, storePath} from "@/lib/stores/store"

const resource = answer<Wire<"Resource">>()(z.object({
  kind: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  component: z.string(),
  health: z.string(),
  reason: z.string(),
  message: z.string(),
  created: time,
}))
export type Resource = z.infer<typeof resource>

/** A hint of the event stream has it read again. */
export const useResources = (id: string) => useQuery({
  queryKey: storeKeys.part(id, "resources"),
  queryFn: ({signal}) => request(`${storePath(id)}/resources`, z.object({resources: z.array(resource)}), {signal}),
  select: (found) => found.resources,
})
