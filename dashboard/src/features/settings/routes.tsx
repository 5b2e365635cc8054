import {createRoute, lazyRouteComponent} from "@tanstack/react-router"

import {program} from "@/lib/program"
import {rootRoute} from "@/lib/root-route"

export const settingsRoutes = [
  createRoute({getParentRoute: () => rootRoute, path: "/settings", component: lazyRouteComponent(program(() => import("./settings-page")), "SettingsPage")}),
] as const
