import {z} from "zod"

export const STATES = ["running", "succeeded", "failed", "aborted"] as const
export const KINDS = ["store.create", "store.retry", "store.suspend", "store.resume", "store.restart", "store.delete"] as const

/** As the address bar holds it; what it cannot mean is left out. */
export const operationFilter = z.object({
  state: z.enum(STATES).optional().catch(undefined),
  kind: z.enum(KINDS).optional().catch(undefined),
  store: z.string().optional().catch(undefined),
})
export type OperationSearch = z.infer<typeof operationFilter>
