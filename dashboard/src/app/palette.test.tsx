import {createRoute} from "@tanstack/react-router"
import {screen, waitFor} from "@testing-library/react"
import {useState} from "react"
import {expect, test, vi} from "vitest"

import {rootRoute} from "@/lib/root-route"
import {fakeSoukd} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {aStore} from "@/testing/samples"

import Palette from "./palette"

const onKeys = vi.fn()

function Page() {
  const [open, setOpen] = useState(true)
  return <><button type="button" onClick={() => { setOpen(true) }}>Search</button><Palette open={open} onOpenChange={setOpen} onKeys={onKeys} /></>
}
const routes = [
  createRoute({getParentRoute: () => rootRoute, path: "/", component: Page}),
  createRoute({getParentRoute: () => rootRoute, path: "/stores/$id", component: () => <h1>A store</h1>}),
]
const soukd = () => fakeSoukd({"GET /api/v1/stores": ({query}) => ({stores: [aStore()].filter(({name}) => name.toLowerCase().includes(query.get("search") ?? "")), next_page_token: ""})})

test("stores are found by the server, pages and actions here", async () => {
  const {asked} = soukd()
  const {user, history} = renderRoutes(routes, "/")
  await user.type(await screen.findByRole("combobox"), "tea")
  await waitFor(() => { expect(asked.at(-1)?.query.get("search")).toBe("tea") })
  await user.click(await screen.findByRole("option", {name: /Green Tea/}))
  expect(history.location.pathname).toBe(`/stores/${aStore().id}`)
})

test("Enter opens what was typed, not a store of the words before", async () => {
  soukd()
  const {user, history} = renderRoutes([...routes, createRoute({getParentRoute: () => rootRoute, path: "/platform", component: () => <h1>Platform</h1>})], "/")
  expect(await screen.findByRole("option", {name: /Green Tea/})).toBeVisible()
  await user.type(screen.getByRole("combobox"), "platf{Enter}")
  await waitFor(() => { expect(history.location.pathname).toBe("/platform") })
})

test("what was typed is gone at the next opening", async () => {
  soukd()
  const {user} = renderRoutes(routes, "/")
  await user.type(await screen.findByRole("combobox"), "set")
  expect(await screen.findByRole("option", {name: "Settings"})).toBeVisible()
  await user.keyboard("{Escape}")
  await waitFor(() => { expect(screen.queryByRole("dialog")).toBeNull() })
  await user.click(screen.getByRole("button", {name: "Search"}))
  expect(await screen.findByRole("combobox")).toHaveValue("")
})
