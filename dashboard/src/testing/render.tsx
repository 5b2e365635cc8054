import {QueryClient, QueryClientProvider} from "@tanstack/react-query"
import {createMemoryHistory, createRouter, RouterProvider, type AnyRoute} from "@tanstack/react-router"
import {render} from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import type {ReactNode} from "react"

import {Toaster} from "@/components/toaster"
import {TooltipProvider} from "@/components/tooltip"
import {rootRoute} from "@/lib/root-route"

const client = () => new QueryClient({defaultOptions: {queries: {retry: false, staleTime: Infinity}}})

/** A feature's own routes at `path`, with what the app puts around them. */
export function renderRoutes(routes: readonly AnyRoute[], path: string) {
  const queries = client()
  const history = createMemoryHistory({initialEntries: [path]})
  const router = createRouter({routeTree: rootRoute.addChildren(routes), history})
  const page = render(
    <QueryClientProvider client={queries}><TooltipProvider><RouterProvider router={router as never} /><Toaster /></TooltipProvider></QueryClientProvider>,
  )
  return {...page, queries, history, user: userEvent.setup()}
}

/** One component that needs no routes. */
export function renderAlone(ui: ReactNode) {
  const queries = client()
  const page = render(<QueryClientProvider client={queries}><TooltipProvider>{ui}<Toaster /></TooltipProvider></QueryClientProvider>)
  return {...page, queries, user: userEvent.setup()}
}
