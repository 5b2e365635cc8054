import {skipToken, useQuery} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {request} from "@/lib/api/request"
import {plan} from "@/lib/plans/plans"

import type {NewStore} from "./create-store"

export const validation = answer<Wire<"Validation">>()(z.object({
  name: z.string(),
  slug: z.string(),
  hosts: z.array(z.string()),
  urls: z.object({storefront: z.string().nullable(), admin: z.string().nullable(), api: z.string().nullable()}),
  engine: z.string(),
  engine_version: z.string(),
  plan,
  makes: z.array(z.object({kind: z.string(), name: z.string(), purpose: z.string()})),
  waits: z.boolean(),
}))
export type Validation = z.infer<typeof validation>

/** What a creation would make, or the problem it would have. Null: there is nothing to ask yet. */
export const useValidation = (wanted: NewStore | null) => useQuery({
  queryKey: ["validation", wanted],
  queryFn: wanted === null ? skipToken : ({signal}) => request("/api/v1/stores", validation, {method: "POST", query: {validate_only: true}, body: wanted, signal}),
  // Another request may have taken the name meanwhile.
  staleTime: 0,
  gcTime: 0,
})
