import {createRoute, lazyRouteComponent} from "@tanstack/react-router"

import {program} from "@/lib/program"
import {rootRoute} from "@/lib/root-route"

import {operationFilter} from "./operation-filter"

export const operationsRoutes = [
  createRoute({getParentRoute: () => rootRoute, path: "/operations", validateSearch: operationFilter, component: lazyRouteComponent(program(() => import("./operations-page")), "OperationsPage")}),
] as const
