import {QueryClient} from "@tanstack/react-query"

import {isProblem} from "@/lib/api/problem"

/** Milliseconds before it is asked again after so many failures, from 0 on. */
export const pauseAfter = (failures: number): number => Math.min(8000, 500 * 2 ** failures)

/**
 * Fresh data comes by the event stream, so nothing is asked again because time has passed or a window was focused. What the browser says
 * about its network is not believed: soukd may be on this machine, and a write that waits for the network would be sent when nobody
 * expects it any more.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 3 && isProblem(error) && error.passing,
      retryDelay: pauseAfter,
    },
    // A write is never repeated behind a person's back.
    mutations: {networkMode: "always", retry: false},
  },
})
