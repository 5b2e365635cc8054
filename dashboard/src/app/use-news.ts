import {useLocation} from "@tanstack/react-router"
import {useEffect, useState} from "react"

import {useEvents} from "@/lib/events/provider"

import {News} from "./news"

/** Tells of what ended well or badly elsewhere; of what the page shows already it tells nothing. */
export function useNews(): void {
  const {pathname} = useLocation()
  const [news] = useState(() => new News())
  useEffect(() => () => { news.close() }, [news])
  useEvents((event) => {
    const own = pathname === "/stores" || pathname === "/activity" || pathname === "/operations" || pathname === `/stores/${event.store_id}`
    if (!own) news.take(event)
  })
}
