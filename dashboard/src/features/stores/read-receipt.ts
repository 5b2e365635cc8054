import {useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {maybeTime, time} from "@/lib/api/common"
import {request} from "@/lib/api/request"
import {storeKeys, storePath} from "@/lib/stores/store"

export const receipt = answer<Wire<"Receipt">>()(z.object({
  store_id: z.string(),
  store_name: z.string(),
  slug: z.string(),
  engine: z.string(),
  requested_by: z.string(),
  requested: time,
  completed: maybeTime,
  lines: z.array(z.object({kind: z.string(), name: z.string(), namespace: z.string(), gone: maybeTime})),
}))
export type Receipt = z.infer<typeof receipt>

/** Grows while a deletion runs; kept for ever. */
export const useReceipt = (id: string) => useQuery({
  queryKey: storeKeys.part(id, "receipt"),
  queryFn: ({signal}) => request(`${storePath(id)}/receipt`, receipt, {signal}),
})
