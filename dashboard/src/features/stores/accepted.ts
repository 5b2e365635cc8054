import {z} from "zod"

import {operation} from "@/lib/operations/operation"
import {store} from "@/lib/stores/store"

/** What every change that takes its time answers. */
export const accepted = z.object({store, operation})
