import {useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {request} from "@/lib/api/request"

const dashboard = answer<Wire<"Dashboard">>()(z.object({title: z.string(), base_path: z.string(), poll_seconds: z.number(), version: z.string()}))
export type Dashboard = z.infer<typeof dashboard>

/** Settings of this page that its operator may change without building it anew. */
export const useDashboard = () => useQuery({
  queryKey: ["dashboard"],
  queryFn: ({signal}) => request("/api/v1/dashboard", dashboard, {signal, anonymous: true}),
  staleTime: Infinity,
})
