import {createRoute, lazyRouteComponent} from "@tanstack/react-router"

import {program} from "@/lib/program"
import {rootRoute} from "@/lib/root-route"

import {eventSearch} from "./event-filter"

export const eventsRoutes = [
  createRoute({getParentRoute: () => rootRoute, path: "/activity", validateSearch: eventSearch, component: lazyRouteComponent(program(() => import("./activity-page")), "ActivityPage")}),
] as const
