import {useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {time} from "@/lib/api/common"
import {request} from "@/lib/api/request"
import {storeKeys, storePath} from "@/lib/stores/store"

const detail = answer<Wire<"ResourceDetail">>()(z.object({
  object: z.record(z.string(), z.unknown()),
  events: z.array(z.object({type: z.string(), reason: z.string(), message: z.string(), count: z.number(), first: time, last: time})),
}))
export type ResourceDetail = z.infer<typeof detail>

/** A hint of the event stream has it read again. */
export const useResource = (id: string, kind: string, name: string) => useQuery({
  queryKey: storeKeys.part(id, "resource", [kind, name]),
  queryFn: ({signal}) => request(`${storePath(id)}/resources/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`, detail, {signal}),
})
