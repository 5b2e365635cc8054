import {skipToken, useQuery} from "@tanstack/react-query"

import {request} from "@/lib/api/request"

import {operation, operationKeys, operationPath} from "./operation"

/** Null: nothing is asked. */
export const useOperation = (id: string | null) => useQuery({
  queryKey: operationKeys.one(id ?? ""),
  queryFn: id === null ? skipToken : ({signal}) => request(operationPath(id), operation, {signal}),
})
