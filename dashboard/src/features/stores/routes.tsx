import {createRoute, lazyRouteComponent, redirect} from "@tanstack/react-router"

import {program} from "@/lib/program"
import {rootRoute} from "@/lib/root-route"

import {createView} from "./create-view"
import {storesView} from "./list-stores"
import {storeView} from "./store-view"

export const storesRoutes = [
  createRoute({getParentRoute: () => rootRoute, path: "/", beforeLoad: () => { throw redirect({to: "/stores", replace: true}) }}),
  createRoute({getParentRoute: () => rootRoute, path: "/stores", validateSearch: storesView, component: lazyRouteComponent(program(() => import("./stores-page")), "StoresPage")}),
  createRoute({getParentRoute: () => rootRoute, path: "/create", validateSearch: createView, component: lazyRouteComponent(program(() => import("./create-page")), "CreatePage")}),
  createRoute({getParentRoute: () => rootRoute, path: "/stores/$id", validateSearch: storeView, component: lazyRouteComponent(program(() => import("./store-page")), "StorePage")}),
] as const
