import {createRoute} from "@tanstack/react-router"
import {act, screen} from "@testing-library/react"
import {useEffect} from "react"
import {afterEach, expect, test, vi} from "vitest"

import type {StoreEvent} from "@/lib/events/event"
import {storeEvent} from "@/lib/events/event"
import {rootRoute} from "@/lib/root-route"
import {dismissToast, useToasts} from "@/lib/toasts"
import {fakeSoukd} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {aStore, anEvent} from "@/testing/samples"

import {useNews} from "./use-news"

const stream = vi.hoisted(() => ({listen: undefined as ((event: StoreEvent) => void) | undefined}))
vi.mock("@/lib/events/provider", () => ({useEvents: (listen: (event: StoreEvent) => void) => { stream.listen = listen }}))

let left: readonly number[] = []
function Page() {
  useNews()
  const toasts = useToasts()
  useEffect(() => { left = toasts.map(({id}) => id) }, [toasts])
  return <h1>A page</h1>
}
const routes = ["/stores", "/stores/$id", "/activity", "/operations", "/engines"].map((path) => createRoute({getParentRoute: () => rootRoute, path, component: Page}))
afterEach(() => { act(() => { left.forEach(dismissToast) }) })

const ID = aStore().id
const happens = async (change: Parameters<typeof anEvent>[0]) => {
  await act(async () => {
    stream.listen?.(storeEvent.parse(anEvent(change)))
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  })
}
const open = async (path: string) => {
  fakeSoukd({"GET /api/v1/stores/:id": () => aStore()})
  renderRoutes(routes, path)
  await screen.findByText("A page")
}

test("a store that became ready elsewhere is told with a way to it", async () => {
  await open("/engines")
  await happens({type: "store.ready"})
  expect(await screen.findByRole("link", {name: "Green Tea is ready"})).toHaveAttribute("href", `/stores/${ID}`)
})

test("bad news says why", async () => {
  await open("/engines")
  await happens({type: "store.phase", phase: "Failed", message: "The image cannot be pulled."})
  expect(await screen.findByRole("link", {name: "Green Tea failed"})).toBeVisible()
  expect(screen.getByText("The image cannot be pulled.")).toBeVisible()
})

test("another store's page is elsewhere, too", async () => {
  await open("/stores/str_2")
  await happens({type: "store.ready"})
  expect(await screen.findByRole("link", {name: "Green Tea is ready"})).toBeVisible()
})

test.each([`/stores/${ID}`, "/stores", "/activity", "/operations"])("%s shows it itself, so nothing is told", async (path) => {
  await open(path)
  await happens({type: "store.ready"})
  expect(screen.queryByRole("link", {name: /is ready/})).toBeNull()
})

test("a step on the way is no news", async () => {
  await open("/engines")
  await happens({type: "store.step", step: "setup", state: "done"})
  expect(left).toEqual([])
})
