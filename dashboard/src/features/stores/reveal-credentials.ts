import {useMutation} from "@tanstack/react-query"
import {z} from "zod"

import {request} from "@/lib/api/request"
import {storePath} from "@/lib/stores/store"

const credentials = z.object({username: z.string(), password: z.string()})
export type Credentials = z.infer<typeof credentials>

/** Each reveal is written to the audit log with its reason. The answer is kept by nobody but who shows it: `gcTime` 0. */
export const useCredentials = () => useMutation({
  mutationFn: ({id, reason}: {id: string; reason: string}) => request(`${storePath(id)}/credentials`, credentials, {method: "POST", body: {reason}}),
  gcTime: 0,
})
