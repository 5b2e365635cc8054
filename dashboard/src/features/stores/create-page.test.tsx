import {screen, waitFor, within} from "@testing-library/react"
import {expect, test} from "vitest"

import type {Wire} from "@/lib/api/answer"
import {fakeSoukd, problem} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {aPlan, aStore, anEngine, anOperation, someStats} from "@/testing/samples"

import {storesRoutes} from "./routes"

const valid = (name: string): Wire<"Validation"> => ({
  valid: true, name, slug: "tea", hosts: [`${name.toLowerCase()}.localhost`], urls: {storefront: `http://${name.toLowerCase()}.localhost/`, admin: null, api: null},
  engine: "medusa", engine_version: "2", plan: aPlan(), makes: [{kind: "Namespace", name: "souk-tea", purpose: "Holds everything."}], waits: false,
})

const soukd = () => fakeSoukd({
  "GET /api/v1/engines": () => ({engines: [anEngine(), anEngine({name: "woocommerce", title: "WooCommerce", plans: ["large"]})]}),
  "GET /api/v1/plans": () => ({plans: [aPlan(), aPlan({name: "large", title: "Large"})]}),
  "GET /api/v1/stats": () => someStats({creations: [{engine: "medusa", count: 9, median_seconds: 62, p95_seconds: 90, steps: []}]}),
  "GET /api/v1/stores/:id": () => aStore(),
  "POST /api/v1/stores": ({query, body}) => {
    const {name} = body as {name: string}
    return query.get("validate_only") === "true" ? valid(name) : {store: aStore(), operation: anOperation()}
  },
})
const creations = (asked: ReturnType<typeof fakeSoukd>["asked"]) => asked.filter(({method, query}) => method === "POST" && !query.has("validate_only"))

test("an engine tells how long it takes here", async () => {
  soukd()
  renderRoutes(storesRoutes, "/create")
  expect(await screen.findByText("usually 1 min 30 s")).toBeVisible()
  expect(screen.getByText("first one of its kind here")).toBeVisible()
})

test("an engine tells what is inside and what it is checked for", async () => {
  soukd()
  renderRoutes(storesRoutes, "/create")
  const [medusa] = await screen.findAllByText("Headless commerce with its own small storefront, admin and API; PostgreSQL and Valkey inside.")
  const card = medusa?.closest("label")
  expect(card).toHaveTextContent("What is inside: postgres (keeps the data), server, setup (runs once)")
  expect(card).toHaveTextContent("The storefront shows a product")
})

test("a plan tells its processors, its memory and its disk", async () => {
  const {handlers} = soukd()
  handlers["GET /api/v1/plans"] = () => ({plans: [aPlan(), aPlan({name: "large", title: "Large", limits_cpu: "7500m", limits_memory: "16Gi", storage: "100Gi"})]})
  renderRoutes(storesRoutes, "/create")
  const card = async (title: RegExp) => (await screen.findByRole("radio", {name: title})).closest("label")
  expect(await card(/Starter/)).toHaveTextContent("Starter3 CPU4 GiB memory10 GiB disk")
  expect(await card(/Large/)).toHaveTextContent("Large7.5 CPU16 GiB memory100 GiB disk")
})

test("the summary names what will be made, and what each object is for", async () => {
  const {handlers} = soukd()
  const makes = [{kind: "Namespace", name: "souk-tea", purpose: "Holds everything."}, {kind: "Secret", name: "", purpose: "The login of the admin."}]
  handlers["POST /api/v1/stores"] = () => ({...valid("Tea"), makes})
  const {user} = renderRoutes(storesRoutes, "/create")
  await user.type(await screen.findByLabelText("Name of the shop"), "Tea")
  const summary = screen.getByRole("region", {name: "What will be made"})
  await user.click(await within(summary).findByText("2 objects in the cluster"))
  const told = within(summary).getAllByRole("listitem")
  expect(told.map(({textContent}) => textContent)).toEqual(["Namespace souk-teaHolds everything.", "Secret The login of the admin."])
  for (const line of told) expect(line).toBeVisible()
  expect(summary).toHaveTextContent("Medusa 2")
  expect(summary).toHaveTextContent("Starter")
})

test("the address is checked after a pause in typing and nothing is created by it", async () => {
  const {asked} = soukd()
  const {user} = renderRoutes(storesRoutes, "/create")
  await user.type(await screen.findByLabelText("Name of the shop"), "Tea")
  expect(await screen.findByText("tea.localhost")).toBeVisible()
  expect(asked.filter(({method}) => method === "POST").map(({body}) => body)).toEqual([{name: "Tea", engine: "medusa", plan: "starter"}])
  expect(creations(asked)).toHaveLength(0)
  expect(screen.getByText("1 object in the cluster")).toBeVisible()
})

test("a taken name is told under its field", async () => {
  const {handlers} = soukd()
  handlers["POST /api/v1/stores"] = () => problem(409, "name_taken", "A living store has this name.")
  const {user} = renderRoutes(storesRoutes, "/create")
  const field = await screen.findByLabelText("Name of the shop")
  await user.type(field, "Tea")
  expect(await screen.findByText("A living store has this name.")).toBeVisible()
  expect(field).toHaveAccessibleDescription(/A living store has this name/)
})

test("while a name is checked, nothing is told of the one before", async () => {
  const {handlers} = soukd()
  const {user} = renderRoutes(storesRoutes, "/create")
  const field = await screen.findByLabelText("Name of the shop")
  await user.type(field, "Tea")
  expect(await screen.findByText("http://tea.localhost/")).toBeVisible()
  handlers["POST /api/v1/stores"] = () => new Promise(() => undefined)
  await user.type(field, "pot")
  expect(screen.queryByText("http://tea.localhost/")).toBeNull()
  expect(screen.getAllByText("Checking…")).toHaveLength(2)
})

test("a name of 63 letters fits, whatever letters they are", async () => {
  const {asked} = soukd()
  const {user} = renderRoutes(storesRoutes, "/create")
  await user.click(await screen.findByLabelText("Name of the shop"))
  await user.paste("🛒".repeat(63))
  await waitFor(() => { expect(asked.filter(({method}) => method === "POST").map(({body}) => (body as {name: string}).name)).toEqual(["🛒".repeat(63)]) })
})

test("an engine offers its own plans only", async () => {
  soukd()
  const {user} = renderRoutes(storesRoutes, "/create")
  await user.click(await screen.findByRole("radio", {name: /WooCommerce/}))
  expect(screen.getByRole("radio", {name: /Large/})).toBeChecked()
  expect(screen.queryByRole("radio", {name: /Starter/})).toBeNull()
})

test("a creation that failed on the way is repeated under the same key, so that it makes one store", async () => {
  const {asked, handlers} = soukd()
  const ordinary = handlers["POST /api/v1/stores"]
  const {user, history} = renderRoutes(storesRoutes, "/create")
  await user.type(await screen.findByLabelText("Name of the shop"), "Tea")
  await screen.findByText("tea.localhost")
  handlers["POST /api/v1/stores"] = (one) => one.query.has("validate_only") ? ordinary?.(one) : problem(503, "overloaded", "Try again in a moment.")
  await user.click(screen.getByRole("button", {name: "Create store"}))
  expect(await screen.findByText("Try again in a moment.")).toBeVisible()
  if (ordinary) handlers["POST /api/v1/stores"] = ordinary
  await user.click(screen.getByRole("button", {name: "Create store"}))
  await waitFor(() => { expect(history.location.pathname).toBe("/stores/str_01arz3ndektsv4rrffq69g5fav") })
  const keys = creations(asked).map(({headers}) => headers.get("Idempotency-Key"))
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
})

test("the address keeps what is typed and chosen, without a step back for each letter", async () => {
  soukd()
  const {user, history} = renderRoutes(storesRoutes, "/create")
  await user.type(await screen.findByLabelText("Name of the shop"), "12")
  await user.click(screen.getByRole("radio", {name: /Large/}))
  await user.click(screen.getByRole("radio", {name: /WooCommerce/}))
  await waitFor(() => { expect(Object.fromEntries(new URLSearchParams(history.location.search))).toEqual({name: '"12"', engine: "woocommerce", plan: "large"}) })
  expect(history.length).toBe(1)
})

test("an address fills the form in; an engine that is not there is not chosen", async () => {
  soukd()
  const {unmount} = renderRoutes(storesRoutes, "/create?name=Tea&engine=woocommerce")
  expect(await screen.findByLabelText("Name of the shop")).toHaveValue("Tea")
  expect(screen.getByRole("radio", {name: /WooCommerce/})).toBeChecked()
  unmount()
  renderRoutes(storesRoutes, "/create?engine=gone&plan=large")
  expect(await screen.findByRole("radio", {name: /Medusa/})).toBeChecked()
})
