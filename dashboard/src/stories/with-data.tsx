import {QueryClient, QueryClientProvider, type QueryKey} from "@tanstack/react-query"
import type {ReactNode} from "react"

/** What is found under a key: data, the error of the last question, or data of before and that error. */
export type Known = readonly [key: QueryKey, data: unknown, error?: Error]

/** A component that reads from the query cache, with what it finds there. Nothing else is asked of soukd, unless it `asks`. */
export function withData(entries: readonly Known[], ui: ReactNode, {asks = false} = {}): ReactNode {
  const queries = new QueryClient({defaultOptions: {queries: {retry: false, staleTime: Infinity, ...(asks ? {} : {enabled: false})}}})
  for (const [queryKey, data, error = data] of entries) {
    if (!(data instanceof Error)) queries.setQueryData(queryKey, data)
    if (error instanceof Error) queries.getQueryCache().build(queries, {queryKey}).setState({status: "error", error, fetchStatus: "idle"})
  }
  return <QueryClientProvider client={queries}>{ui}</QueryClientProvider>
}

/** Of a list that is read page by page: its first page. */
export const firstPage = (page: object) => ({pages: [page], pageParams: [""]})
