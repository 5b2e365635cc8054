import {useNavigate, useSearch} from "@tanstack/react-router"
import {useCallback} from "react"
import {z} from "zod"

export const TABS = ["overview", "activity", "logs", "resources", "danger"] as const
export type StoreTab = (typeof TABS)[number]

/** What the address bar says of a store's page. */
export const storeView = z.object({
  tab: z.enum(TABS).optional().catch(undefined),
  /** Activity: events or operations, and events of one type. */
  show: z.enum(["events", "operations"]).optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  /** Logs. */
  pod: z.string().optional().catch(undefined),
  container: z.string().optional().catch(undefined),
  previous: z.boolean().optional().catch(undefined),
  q: z.string().optional().catch(undefined),
  /** Resources: `Kind/name`. */
  object: z.string().optional().catch(undefined),
  range: z.enum(["1h", "24h", "7d", "30d"]).optional().catch(undefined),
})
export type StoreView = z.infer<typeof storeView>

export function useStoreView(): [view: StoreView, change: (change: StoreView) => void] {
  const view = useSearch({from: "/stores/$id"})
  const navigate = useNavigate({from: "/stores/$id"})
  const change = useCallback((next: StoreView) => { void navigate({search: (old: StoreView) => ({...old, ...next}), replace: !("tab" in next)}) }, [navigate])
  return [view, change]
}
