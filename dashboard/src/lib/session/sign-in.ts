import {useMutation, useQueryClient} from "@tanstack/react-query"

import {request} from "@/lib/api/request"

import {keep, session, sessionKey, sessionPath} from "./session"

/** With the admin token, or with the one-time code of a link. */
export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (proof: {token: string} | {code: string}) => keep(await request(sessionPath, session, {method: "POST", body: proof, anonymous: true})),
    onSuccess: (found) => { queries.setQueryData(sessionKey, found) },
    // What it was sent with is the token itself: kept by nobody but the log-in page.
    gcTime: 0,
  })
}
