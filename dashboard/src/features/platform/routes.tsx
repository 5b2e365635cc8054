import {createRoute, lazyRouteComponent} from "@tanstack/react-router"

import {program} from "@/lib/program"
import {rootRoute} from "@/lib/root-route"

import {platformFilter} from "./platform-filter"

export const platformRoutes = [
  createRoute({getParentRoute: () => rootRoute, path: "/platform", validateSearch: platformFilter, component: lazyRouteComponent(program(() => import("./platform-page")), "PlatformPage")}),
] as const
