import {z} from "zod"

export const DAYS = [1, 7, 30] as const
export const LONGEST = 30

/** As the address bar holds it. */
export const platformFilter = z.object({days: z.literal(DAYS).optional().catch(undefined)})
