import {createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider} from "@tanstack/react-router"
import {useState, type ReactNode} from "react"

const ADDRESSES = ["/stores", "/stores/$id", "/create", "/operations", "/activity", "/engines", "/platform", "/settings", "$"]

/** Shows a page at an address, which it reads and changes as in the app; but links lead nowhere. What it throws is thrown. */
export function At({address, page}: {address: string; page: () => ReactNode}) {
  const [router] = useState(() => {
    const root = createRootRoute({component: page})
    const routes = ADDRESSES.map((path) => createRoute({getParentRoute: () => root, path}))
    return createRouter({routeTree: root.addChildren(routes), history: createMemoryHistory({initialEntries: [address]}), disableGlobalCatchBoundary: true})
  })
  return <RouterProvider router={router as never} />
}

function withSearch(path: string, search: object): string {
  const words = new URLSearchParams(Object.entries(search).map(([name, value]) => [name, String(value)])).toString()
  return words ? `${path}?${words}` : path
}

/** A part of a page that reads the address. */
export const at = (address: string, ui: ReactNode): ReactNode => <At address={address} page={() => ui} />

/** A whole page, which has the window for itself. `search`: what the address says after the question mark. */
export const pageAt = (path: string, ui: ReactNode, search: object = {}): ReactNode => at(withSearch(path, search), <div className="-m-4 flex min-h-dvh flex-col">{ui}</div>)
