import {useInfiniteQuery} from "@tanstack/react-query"
import {z} from "zod"

import {request} from "@/lib/api/request"

import {operation, operationKeys} from "./operation"

export interface OperationFilter {
  store?: string | undefined
  state?: string | undefined
  kind?: string | undefined
}

const page = z.object({operations: z.array(operation), next_page_token: z.string()})
export interface OperationPages {
  pages: z.infer<typeof page>[]
  pageParams: unknown[]
}

/** Newest first. */
export function useOperations(filter: OperationFilter, pageSize = 50) {
  return useInfiniteQuery({
    queryKey: operationKeys.list({...filter, pageSize}),
    queryFn: ({pageParam, signal}) => request("/api/v1/operations", page, {query: {...filter, page_size: pageSize, page_token: pageParam}, signal}),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_page_token || undefined,
  })
}
