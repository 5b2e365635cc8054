import {createRoute, lazyRouteComponent} from "@tanstack/react-router"

import {program} from "@/lib/program"
import {rootRoute} from "@/lib/root-route"

export const enginesRoutes = [
  createRoute({getParentRoute: () => rootRoute, path: "/engines", component: lazyRouteComponent(program(() => import("./engines-page")), "EnginesPage")}),
] as const
