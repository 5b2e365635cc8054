import {useMutation, useQueryClient} from "@tanstack/react-query"

import {request} from "@/lib/api/request"

import {operation, operationKeys, operationPath} from "./operation"

/** Ends a creation or retry; the operation tells when it has ended. */
export function useCancelOperation() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => request(`${operationPath(id)}/actions/cancel`, operation, {method: "POST"}),
    onSuccess: (cancelled) => {
      queries.setQueryData(operationKeys.one(cancelled.id), cancelled)
      return queries.invalidateQueries({queryKey: operationKeys.all})
    },
  })
}
