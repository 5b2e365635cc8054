import {createRootRoute} from "@tanstack/react-router"

/** What the routes of all features hang on. `app/router.tsx` gives it its frame. */
export const rootRoute = createRootRoute()
