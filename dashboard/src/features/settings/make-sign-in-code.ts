import {useMutation} from "@tanstack/react-query"
import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"
import {request} from "@/lib/api/request"
import {base} from "@/lib/base"

const made = answer<Wire<"SignInCode">>()(z.object({code: z.string()}))

/** How long soukd takes a code. */
export const LIFE_MS = 5 * 60_000

/** Where people see this page, in a proxy's folder too. The code stands behind `#`, which browsers send to nobody. */
const linkOf = (code: string): string => `${location.origin}${base}/#code=${encodeURIComponent(code)}`

/** A link that signs one browser in. It is kept by nobody but who shows it: `gcTime` 0. */
export const useSignInLink = () => useMutation({
  mutationFn: async () => linkOf((await request("/api/v1/sign-in-codes", made, {method: "POST"})).code),
  gcTime: 0,
})
