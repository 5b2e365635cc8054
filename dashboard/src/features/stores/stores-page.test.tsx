import {act, screen, waitFor, within} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {applyEvent} from "@/lib/events/apply"
import {storeEvent} from "@/lib/events/event"
import {setPreference} from "@/lib/preferences"
import {fakeSoukd, problem} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {aPlan, aStep, aStore, anEngine, anEvent, anOperation, someStats} from "@/testing/samples"

import {storesRoutes} from "./routes"

const page = (...stores: ReturnType<typeof aStore>[]) => ({stores, next_page_token: ""})
const soukd = (stores = [aStore()]) => fakeSoukd({
  "GET /api/v1/stores": () => page(...stores),
  "GET /api/v1/stats": () => someStats({phases: {Ready: 12, Failed: 3}}),
  "GET /api/v1/engines": () => ({engines: [anEngine()]}),
  "GET /api/v1/plans": () => ({plans: [aPlan()]}),
})

test("a store is shown with its state in words, its address and its storefront", async () => {
  soukd()
  renderRoutes(storesRoutes, "/stores")
  const row = await screen.findByRole("row", {name: /Green Tea/})
  expect(within(row).getByText("Ready")).toBeVisible()
  expect(within(row).getByText("Ready").querySelector("svg"), "its shape beside the word").toHaveClass("lucide-circle-check")
  expect(within(row).getByText("green-tea.localhost")).toBeVisible()
  expect(within(row).getByRole("link", {name: "Open storefront: Green Tea"})).toHaveAttribute("href", "http://green-tea.localhost:8080/")
})

test("a compact row is one line", async () => {
  soukd()
  setPreference("density", "compact")
  renderRoutes(storesRoutes, "/stores")
  const name = await screen.findByRole("link", {name: "Green Tea"})
  expect(name.parentElement).toHaveClass("flex")
  expect(name.parentElement).toContainElement(screen.getByText("green-tea.localhost"))
  act(() => { setPreference("density", "comfortable") })
  expect(screen.getByRole("link", {name: "Green Tea"}).parentElement).toHaveClass("grid")
})

test("progress while it is made, the reason when it failed", async () => {
  soukd([
    aStore({phase: "Provisioning", progress: {percent: 40, step: "setup", steps: [aStep("setup", "running")]}}),
    aStore({id: "str_2", name: "Broken", phase: "Failed", failure: {reason: "ImagePullFailed", message: "The image cannot be pulled."}}),
  ])
  renderRoutes(storesRoutes, "/stores")
  expect(await screen.findByRole("progressbar", {name: "Shop setup"})).toHaveAttribute("aria-valuenow", "40")
  expect(screen.getByText("The image cannot be pulled.")).toBeVisible()
})

test("a click on a total asks the server for that phase and keeps it in the address", async () => {
  const {asked} = soukd()
  const {user, history} = renderRoutes(storesRoutes, "/stores")
  await user.click(await screen.findByRole("button", {name: /Failed\s*3/}))
  await waitFor(() => { expect(asked.filter(({path}) => path === "/api/v1/stores").at(-1)?.query.getAll("phase")).toEqual(["Failed"]) })
  expect(decodeURIComponent(history.location.search)).toContain("Failed")
})

test("typed words are searched on the server after a pause", async () => {
  const {asked} = soukd()
  const {user} = renderRoutes(storesRoutes, "/stores")
  await user.type(await screen.findByRole("searchbox"), "tea")
  await waitFor(() => { expect(asked.filter(({path}) => path === "/api/v1/stores").map(({query}) => query.get("search"))).toEqual([null, "tea"]) })
})

test("the rows before stay in sight while the next are looked for", async () => {
  const {handlers} = soukd()
  const {user} = renderRoutes(storesRoutes, "/stores")
  await screen.findByRole("row", {name: /Green Tea/})
  handlers["GET /api/v1/stores"] = () => new Promise(() => undefined)
  await user.type(screen.getByRole("searchbox"), "x")
  await waitFor(() => { expect(screen.getByRole("table").closest("[aria-busy]")).toHaveAttribute("aria-busy", "true") })
  expect(screen.getByRole("row", {name: /Green Tea/})).toBeVisible()
})

test("a search is never longer than soukd takes, and no letter is cut in two", async () => {
  const {asked} = soukd()
  const {user} = renderRoutes(storesRoutes, "/stores")
  await user.click(await screen.findByRole("searchbox"))
  await user.paste(`a${"🛒".repeat(40)}`)
  await waitFor(() => { expect(asked.filter(({path}) => path === "/api/v1/stores").at(-1)?.query.get("search")).toBe(`a${"🛒".repeat(24)}`) })
})

test("an address that soukd refuses has a way out", async () => {
  const {handlers} = soukd()
  handlers["GET /api/v1/stores"] = ({query}) => query.has("phase") ? problem(400, "invalid_parameter", "There is no phase 'x'.") : page(aStore())
  const {user} = renderRoutes(storesRoutes, '/stores?phase=["x"]')
  expect(await screen.findByText("There is no phase 'x'.")).toBeVisible()
  await user.click(screen.getByRole("button", {name: "Clear the filters"}))
  expect(await screen.findByRole("row", {name: /Green Tea/})).toBeVisible()
})

test("without any store the page leads to the first", async () => {
  soukd([])
  renderRoutes(storesRoutes, "/stores")
  expect(await screen.findByRole("link", {name: "Create the first store"})).toHaveAttribute("href", "/create")
})

test("deleted stores are a status beside the totals: they lead to their receipts, and nothing can be done with them", async () => {
  const {handlers, asked} = soukd()
  const gone = aStore({id: "str_gone", name: "Old Carpets", phase: "Deleted", deleted_at: new Date(Date.now() - 9_000_000).toISOString()})
  handlers["GET /api/v1/stores"] = ({query}) => page(...(query.get("phase") === "Deleted" ? [gone] : [aStore()]))
  const {user, history} = renderRoutes(storesRoutes, '/stores?selected=["str_gone"]')
  await user.click(await screen.findByRole("button", {name: "Deleted"}))
  const row = await screen.findByRole("row", {name: /Old Carpets/})
  expect(row).toHaveTextContent(/Deleted2 hours ago/)
  expect(within(row).getByRole("link", {name: "Old Carpets"})).toHaveAttribute("href", "/stores/str_gone")
  expect(screen.queryByRole("checkbox")).toBeNull()
  expect(screen.queryByRole("toolbar")).toBeNull()
  expect(screen.queryByRole("link", {name: /Open storefront/})).toBeNull()
  expect(JSON.parse(new URLSearchParams(history.location.search).get("phase") ?? "")).toEqual(["Deleted"])
  expect(screen.getByRole("button", {name: "Deleted"})).toHaveAttribute("aria-pressed", "true")
  expect(screen.getByRole("button", {name: /^All\s*15$/})).toBeVisible()
  expect(asked.filter(({path, query}) => path === "/api/v1/stores" && query.has("phase"))).toHaveLength(1)
})

test("where every store is deleted a link leads to the receipts; where none ever was there is none", async () => {
  const {handlers, asked} = soukd([])
  const {unmount} = renderRoutes(storesRoutes, "/stores")
  await screen.findByText("No store yet")
  await waitFor(() => { expect(asked.some(({query}) => query.get("phase") === "Deleted")).toBe(true) })
  expect(screen.queryByRole("link", {name: /receipts/})).toBeNull()
  unmount()
  handlers["GET /api/v1/stores"] = ({query}) => page(...(query.get("phase") === "Deleted" ? [aStore({name: "Old Carpets", phase: "Deleted"})] : []))
  const {user} = renderRoutes(storesRoutes, "/stores")
  await user.click(await screen.findByRole("link", {name: "Deleted stores and their receipts"}))
  expect(await screen.findByRole("row", {name: /Old Carpets/})).toBeVisible()
})

test("filters that nothing matches can be cleared", async () => {
  const {handlers} = soukd([])
  const {user} = renderRoutes(storesRoutes, "/stores?engine=medusa")
  await screen.findByText("No store matches these filters.")
  handlers["GET /api/v1/stores"] = () => page(aStore())
  await user.click(screen.getByRole("button", {name: "Clear the filters"}))
  expect(await screen.findByRole("row", {name: /Green Tea/})).toBeVisible()
})

test("an event changes the row at once, without a question", async () => {
  const {asked} = soukd()
  const {queries} = renderRoutes(storesRoutes, "/stores")
  await screen.findByRole("row", {name: /Green Tea/})
  const before = asked.length
  applyEvent(queries, storeEvent.parse(anEvent({phase: "Degraded"})))
  expect(await within(screen.getByRole("row", {name: /Green Tea/})).findByText("Degraded")).toBeVisible()
  expect(asked).toHaveLength(before)
})

test("a deleted store leaves the list", async () => {
  soukd()
  const {queries} = renderRoutes(storesRoutes, "/stores")
  await screen.findByRole("row", {name: /Green Tea/})
  applyEvent(queries, storeEvent.parse(anEvent({type: "store.deleted", phase: "Deleted"})))
  await waitFor(() => { expect(screen.queryByRole("row", {name: /Green Tea/})).toBeNull() })
})

test("a phone has all of a row, all filters, and a box for all rows outside the head that it does not show", async () => {
  vi.stubGlobal("matchMedia", () => ({matches: false, addEventListener: () => undefined, removeEventListener: () => undefined}))
  soukd([aStore({created: new Date(Date.now() - 300_000).toISOString()}), aStore({id: "str_2", name: "Red Tea"})])
  const {user} = renderRoutes(storesRoutes, "/stores")
  const row = await screen.findByRole("row", {name: /Green Tea/})
  expect(row).toHaveTextContent(/medusastarter\d minutes ago/)
  expect(within(row).getByRole("link", {name: "Open storefront: Green Tea"})).toBeVisible()
  for (const shown of [...within(row).getAllByRole("cell"), screen.getByLabelText("Plan").closest("div")]) expect(shown).not.toHaveClass("hidden")
  const all = screen.getByRole("checkbox", {name: "Select all shown"})
  expect(screen.getByRole("table")).not.toContainElement(all)
  await user.click(all)
  expect(screen.getByRole("toolbar", {name: "2 selected"})).toBeVisible()
})

test("the address keeps which rows are selected", async () => {
  soukd([aStore(), aStore({id: "str_2", name: "Red Tea"})])
  const {user, history} = renderRoutes(storesRoutes, '/stores?selected=["str_2","str_gone"]&engine=medusa')
  expect(await screen.findByRole("toolbar", {name: "1 selected"})).toBeVisible()
  expect(screen.getByRole("checkbox", {name: "Select Red Tea"})).toBeChecked()
  await user.click(screen.getByRole("checkbox", {name: "Select Green Tea"}))
  await waitFor(() => { expect(new URLSearchParams(history.location.search).get("selected")).toBe(JSON.stringify(["str_2", "str_gone", aStore().id])) })
  await user.click(screen.getByRole("button", {name: "Clear the selection"}))
  await waitFor(() => { expect(history.location.search).toBe("?engine=medusa") })
})

test("filters and totals stay in use while rows are selected", async () => {
  const {asked} = soukd([aStore(), aStore({id: "str_2", name: "Red Tea"})])
  const {user} = renderRoutes(storesRoutes, "/stores")
  await user.click(await screen.findByRole("checkbox", {name: "Select Red Tea"}))
  expect(screen.getByRole("toolbar", {name: "1 selected"})).toBeVisible()
  await user.selectOptions(screen.getByLabelText("Order"), "name")
  await user.click(screen.getByRole("button", {name: /Failed\s*3/}))
  await waitFor(() => { expect(asked.filter(({path}) => path === "/api/v1/stores").at(-1)?.query.toString()).toMatch(/(?=.*sort=name)(?=.*phase=Failed)/) })
  expect(await screen.findByRole("checkbox", {name: "Select Red Tea"})).toBeChecked()
})

test("the row that was just selected stays in sight when the list makes room for the actions", async () => {
  soukd()
  const {user} = renderRoutes(storesRoutes, "/stores")
  const box = await screen.findByRole("checkbox", {name: "Select Green Tea"})
  const seen: unknown[] = []
  vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element) { seen.push(this) })
  await user.click(box)
  expect(seen).toEqual([screen.getByRole("row", {name: /Green Tea/})])
})

test("of very many selected rows the address keeps fifty", async () => {
  const {asked} = soukd(Array.from({length: 60}, (_, index) => aStore({id: `str_${index}`, name: `Tea ${index}`})))
  const {user, history} = renderRoutes(storesRoutes, "/stores")
  await user.click(await screen.findByRole("checkbox", {name: "Select all shown"}))
  expect(screen.getByRole("toolbar", {name: "60 selected"})).toBeVisible()
  await waitFor(() => { expect(JSON.parse(new URLSearchParams(history.location.search).get("selected") ?? "[]") as unknown).toHaveLength(50) })
  expect(screen.getByRole("toolbar", {name: "60 selected"})).toBeVisible()
  expect(asked.filter(({path}) => path === "/api/v1/stores").map(({query}) => query.toString())).toEqual(["page_size=100"])
})

test("many stores are deleted only after their number was typed, and each refusal is told beside its store", async () => {
  const {asked, handlers} = soukd([aStore(), aStore({id: "str_2", name: "Red Tea"})])
  handlers["DELETE /api/v1/stores/:id"] = ({params}) => params.id === "str_2"
    ? problem(409, "operation_running", "A restart runs.")
    : {store: aStore({phase: "Deleting"}), operation: anOperation({kind: "store.delete"})}
  const {user} = renderRoutes(storesRoutes, "/stores")
  await user.click(await screen.findByRole("checkbox", {name: "Select all shown"}))
  await user.click(within(screen.getByRole("toolbar")).getByRole("button", {name: "Delete"}))
  const confirm = screen.getByRole("button", {name: "Delete (2)"})
  expect(confirm).toBeDisabled()
  await user.type(screen.getByLabelText(/Type 2/), "2")
  await user.click(confirm)
  expect(await screen.findByText("A restart runs.")).toBeVisible()
  expect(screen.getByText("started")).toBeVisible()
  expect(asked.filter(({method}) => method === "DELETE").map(({query}) => query.get("confirm")).sort()).toEqual(["Green Tea", "Red Tea"])
})

test.each(["Restart", "Suspend"] as const)("many stores at once: %s, once for each", async (action) => {
  const {asked, handlers} = soukd([aStore(), aStore({id: "str_2", name: "Red Tea"})])
  handlers["POST /api/v1/stores/:id/actions/:action"] = ({params}) => params.id === "str_2"
    ? problem(409, "operation_running", "A deletion runs.")
    : {store: aStore(), operation: anOperation({kind: `store.${params.action ?? ""}`})}
  const {user} = renderRoutes(storesRoutes, "/stores")
  await user.click(await screen.findByRole("checkbox", {name: "Select all shown"}))
  await user.click(within(screen.getByRole("toolbar")).getByRole("button", {name: action}))
  await user.click(screen.getByRole("button", {name: `${action} (2)`}))
  expect(await screen.findByText("A deletion runs.")).toBeVisible()
  expect(screen.getByText("started")).toBeVisible()
  const done = asked.filter(({method}) => method === "POST")
  expect(done.map(({path}) => path).sort()).toEqual([aStore().id, "str_2"].map((id) => `/api/v1/stores/${id}/actions/${action.toLowerCase()}`))
  expect(new Set(done.map(({headers}) => headers.get("Idempotency-Key"))).size).toBe(2)
  await user.click(screen.getByRole("button", {name: "Done"}))
  expect(screen.queryByRole("toolbar")).toBeNull()
})

test("a list that cannot be read says so in a sentence and is read again on demand", async () => {
  const {handlers} = soukd()
  handlers["GET /api/v1/stores"] = () => problem(503, "overloaded", "soukd has too much to do; try again in a moment.")
  const {user} = renderRoutes(storesRoutes, "/stores")
  expect(await screen.findByText("soukd has too much to do; try again in a moment.")).toBeVisible()
  handlers["GET /api/v1/stores"] = () => page(aStore())
  await user.click(screen.getByRole("button", {name: "Try again"}))
  expect(await screen.findByRole("row", {name: /Green Tea/})).toBeVisible()
})
