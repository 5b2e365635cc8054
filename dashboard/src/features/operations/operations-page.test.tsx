import {screen, waitFor, within} from "@testing-library/react"
import {expect, test} from "vitest"

import {fakeSoukd, problem} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {anOperation, aStep} from "@/testing/samples"

import {operationsRoutes} from "./routes"

const running = anOperation({progress: {percent: 40, step: "setup", steps: [aStep("setup", "running", {message: "Products are made"})]}})
const done = anOperation({id: "op_2", kind: "store.delete", store_id: "str_gone", store_name: "Black Tea", state: "succeeded", done: true, ended: "2026-11-21T09:31:12.123Z"})
const page = (...operations: object[]) => ({operations, next_page_token: ""})

const soukd = (operations: () => unknown = () => page(running, done)) => fakeSoukd({
  "GET /api/v1/operations": operations,
  "POST /api/v1/operations/:id/actions/cancel": () => running,
})

test("what runs shows its step and progress, what has ended how long it took", async () => {
  soukd()
  renderRoutes(operationsRoutes, "/operations")
  const [first, second] = await screen.findAllByRole("listitem")
  if (!first || !second) throw new Error("two operations are expected")
  expect(await within(first).findByRole("link", {name: "Green Tea"})).toHaveAttribute("href", `/stores/${running.store_id}`)
  expect(within(first).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "40")
  expect(first).toHaveTextContent("Shop setup: Products are made")
  expect(second).toHaveTextContent("Succeeded")
  expect(second).toHaveTextContent("1 min 12 s")
  expect(await within(second).findByRole("link", {name: "Black Tea"})).toBeVisible()
})

test("fifty rows of fifty stores are one request", async () => {
  const {asked} = soukd(() => page(...Array.from({length: 50}, (_, index) => anOperation({id: `op_${index}`, store_id: `str_${index}`, store_name: `Tea ${index}`, state: "succeeded", done: true, ended: "2026-11-21T09:31:12.123Z"}))))
  renderRoutes(operationsRoutes, "/operations")
  expect(await screen.findByRole("link", {name: "Tea 49"})).toHaveAttribute("href", "/stores/str_49")
  expect(screen.getAllByRole("listitem")).toHaveLength(50)
  expect(asked.map(({path}) => path).filter((path) => path !== "/api/v1/dashboard")).toEqual(["/api/v1/operations"])
})

test("a cancellation asks first and then ends the operation; a deletion offers none", async () => {
  const {asked} = soukd()
  const {user} = renderRoutes(operationsRoutes, "/operations")
  await user.click(await screen.findByRole("button", {name: "Cancel: Creation, Green Tea"}))
  expect(asked.filter(({method}) => method === "POST")).toEqual([])
  await user.click(screen.getByRole("button", {name: "Cancel the operation"}))
  expect(asked.filter(({method}) => method === "POST").map(({path}) => path)).toEqual([`/api/v1/operations/${running.id}/actions/cancel`])
  expect(await screen.findByText("Being cancelled…")).toBeVisible()
  await waitFor(() => { expect(screen.queryByRole("dialog")).toBeNull() })
  expect(screen.queryByRole("button", {name: /^Cancel:/})).toBeNull()
})

test("a cancellation that is refused says why and stays open", async () => {
  const {handlers} = soukd()
  handlers["POST /api/v1/operations/:id/actions/cancel"] = () => problem(409, "not_cancellable", "It has gone too far.")
  const {user} = renderRoutes(operationsRoutes, "/operations")
  await user.click(await screen.findByRole("button", {name: /^Cancel:/}))
  await user.click(screen.getByRole("button", {name: "Cancel the operation"}))
  expect(await screen.findByRole("alert")).toHaveTextContent("It has gone too far.")
})

test("filters are read from the address, asked of soukd and written back", async () => {
  const {asked} = soukd()
  const {user, history} = renderRoutes(operationsRoutes, "/operations?state=failed&kind=nonsense")
  await screen.findAllByRole("listitem")
  expect(asked.find(({path}) => path === "/api/v1/operations")?.query.toString()).toBe("state=failed&page_size=50")
  await user.selectOptions(screen.getByLabelText("Kind"), "store.delete")
  await screen.findAllByRole("listitem")
  expect(history.location.search).toContain("kind=store.delete")
  expect(asked.filter(({path}) => path === "/api/v1/operations").at(-1)?.query.get("kind")).toBe("store.delete")
})

test("nothing yet, nothing that matches and no such store are told apart", async () => {
  const {handlers} = soukd(() => page())
  const {user, history} = renderRoutes(operationsRoutes, "/operations")
  expect(await screen.findByText("Nothing has been done yet")).toBeVisible()
  await user.selectOptions(screen.getByLabelText("State"), "failed")
  expect(await screen.findByText("No operation matches these filters.")).toBeVisible()
  handlers["GET /api/v1/operations"] = () => problem(404, "store_not_found", "No.")
  await user.type(screen.getByRole("searchbox"), "Nowhere")
  expect(await screen.findByText(/There is no store of this name/)).toBeVisible()
  await user.click(screen.getByRole("button", {name: "Clear the filters"}))
  expect(await screen.findByText("Nothing has been done yet")).toBeVisible()
  expect(history.location.search).toBe("")
})

test("a failure of soukd is one sentence and a way to try again", async () => {
  const {handlers} = soukd(() => problem(503, "unavailable", "The database does not answer; try again in a moment."))
  const {user} = renderRoutes(operationsRoutes, "/operations")
  expect(await screen.findByRole("alert")).toHaveTextContent("The database does not answer; try again in a moment.")
  handlers["GET /api/v1/operations"] = () => page(done)
  await user.click(screen.getByRole("button", {name: "Try again"}))
  expect(await screen.findByRole("listitem")).toBeVisible()
})
