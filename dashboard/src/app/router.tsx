import {createRouter} from "@tanstack/react-router"

import {enginesRoutes} from "@/features/engines/routes"
import {eventsRoutes} from "@/features/events/routes"
import {operationsRoutes} from "@/features/operations/routes"
import {platformRoutes} from "@/features/platform/routes"
import {settingsRoutes} from "@/features/settings/routes"
import {storesRoutes} from "@/features/stores/routes"
import {base} from "@/lib/base"
import {rootRoute} from "@/lib/root-route"

import {NotFound, PageFailed, PagePending} from "./fallbacks"
import {Shell} from "./shell"

rootRoute.update({component: Shell, notFoundComponent: NotFound})

const routeTree = rootRoute.addChildren([...storesRoutes, ...operationsRoutes, ...eventsRoutes, ...enginesRoutes, ...platformRoutes, ...settingsRoutes])

export const router = createRouter({
  routeTree,
  basepath: base || "/",
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: PageFailed,
  defaultPendingComponent: PagePending,
  // At once and no longer than it takes: the router's own second before it would be a blank page on a thin line.
  defaultPendingMs: 0,
  defaultPendingMinMs: 0,
})

/** The programs of all pages, before they are needed: a page that is opened while soukd is away can at least say so. */
export async function loadPages(): Promise<void> {
  for (const route of Object.values(router.routesById)) await router.loadRouteChunk(route).catch(() => undefined) // asked again when it is opened
}

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
