import {QueryClient, QueryClientProvider} from "@tanstack/react-query"
import {useEffect, useRef, useState, type ReactNode} from "react"

import {Toaster} from "@/components/toaster"
import {TooltipProvider} from "@/components/tooltip"
import {dismissToast, useToasts} from "@/lib/toasts"

import {At} from "./at"

/** What the app puts around a component. The address is that of a store, where parts of its page read their view. */
export function around(Page: () => ReactNode) {
  const queries = new QueryClient({defaultOptions: {queries: {retry: false}}})
  return <QueryClientProvider client={queries}><TooltipProvider><At address="/stores/str_1" page={Page} /><Toaster /></TooltipProvider></QueryClientProvider>
}

/** A story, made once. `alone`: what waits for a click is opened at once. */
export function Told({name, show, alone = false}: {name: string; show: () => ReactNode; alone?: boolean}) {
  const [story] = useState(show)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => { if (alone) place.current?.querySelector<HTMLElement>("[data-opens]")?.click() }, [alone])

  // News of one story are none of the next.
  const now = useToasts()
  const toasts = useRef(now)
  useEffect(() => { toasts.current = now }, [now])
  useEffect(() => () => { for (const {id} of toasts.current) dismissToast(id) }, [])
  return <div ref={place} data-story={name} className={alone ? "p-4" : ""}>{story}</div>
}
