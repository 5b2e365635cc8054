import {screen, waitFor, within} from "@testing-library/react"
import {render} from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import {afterEach, expect, test} from "vitest"

import {sessionKey} from "@/lib/session/session"
import {Answer, fakeSoukd, problem} from "@/testing/fake-soukd"
import {aPlan, aStore, anEngine, someStats} from "@/testing/samples"

import {App} from "./app"
import {queries} from "./queries"
import {router} from "./router"

const session = {id: "ses_1", user: "admin", team: "default", role: "admin", address: "127.0.0.1", agent: "x", created: "2026-11-21T09:30:00Z", last_used: "2026-11-21T09:30:00Z", expires: "2026-11-28T09:30:00Z", current: true, csrf_token: "csrf-1"}
/** A stream that says where it begins and then nothing. */
const quiet = () => new Response(new ReadableStream({start: (stream) => { stream.enqueue(new TextEncoder().encode("id: 1\n\n")) }}), {headers: {"Content-Type": "text/event-stream"}})

const soukd = () => fakeSoukd({
  "GET /api/v1/session": () => session,
  "POST /api/v1/session": () => new Answer(201, {...session, csrf_token: "csrf-2"}),
  "DELETE /api/v1/session": () => new Answer(204, undefined),
  "GET /api/v1/dashboard": () => ({title: "Souk", base_path: "/", poll_seconds: 5, version: "1"}),
  "GET /api/v1/events": ({headers}) => (headers.get("Accept") === "text/event-stream" ? quiet() : {events: [], next_page_token: ""}),
  "GET /api/v1/stores": () => ({stores: [aStore()], next_page_token: ""}),
  "GET /api/v1/stores/:id": () => aStore(),
  "GET /api/v1/stats": () => someStats(),
  "GET /api/v1/stores/:id/pods": () => ({pods: []}),
  "GET /api/v1/stores/:id/resources": () => ({resources: []}),
  "POST /api/v1/stores/:id/credentials": () => ({username: "u", password: "p"}),
})

afterEach(() => { queries.clear() })

test("who is not signed in sees the log-in only, and then the page that was asked for", async () => {
  const {asked, handlers} = soukd()
  handlers["GET /api/v1/session"] = () => problem(401, "unauthenticated", "no")
  await router.navigate({to: "/stores"})
  render(<App />)
  const user = userEvent.setup()
  await user.type(await screen.findByLabelText("Admin token"), "t0ken{Enter}")
  expect(await screen.findByRole("row", {name: /Green Tea/})).toBeVisible()
  expect(asked.find(({method}) => method === "POST")?.body).toEqual({token: "t0ken"})
})

test("a session that ends takes the page and its open dialog away, says so, and leads back to both and to what was written", async () => {
  const {asked, handlers} = soukd()
  await router.navigate({to: "/stores/$id", params: {id: aStore().id}, search: {tab: "danger"}})
  render(<App />)
  const user = userEvent.setup()
  await user.click(await screen.findByRole("button", {name: "Show login"}))
  handlers["POST /api/v1/stores/:id/credentials"] = () => problem(401, "unauthenticated", "no")
  await user.type(await screen.findByLabelText("Reason"), "because{Enter}")
  expect(await screen.findByText(/Your session has ended/)).toBeVisible()
  await waitFor(() => { expect(screen.queryByRole("dialog")).toBeNull() })
  handlers["POST /api/v1/stores/:id/credentials"] = () => ({username: "u", password: "p"})
  await user.type(screen.getByLabelText("Admin token"), "t0ken{Enter}")
  expect(await screen.findByLabelText("Reason")).toHaveValue("because")
  expect(screen.getByRole("heading", {level: 1, name: "Green Tea", hidden: true})).toBeVisible()
  expect(router.state.location.search).toEqual({tab: "danger"})
  await user.type(screen.getByLabelText("Reason"), "{Enter}")
  await waitFor(() => { expect(asked.filter(({path}) => path.endsWith("/credentials")).map(({headers}) => headers.get("X-CSRF-Token"))).toEqual(["csrf-1", "csrf-2"]) })
})

test("a session that is found to have ended when it is read again is told as ended", async () => {
  const {handlers} = soukd()
  await router.navigate({to: "/stores"})
  render(<App />)
  await screen.findByRole("row", {name: /Green Tea/})
  handlers["GET /api/v1/session"] = () => problem(401, "unauthenticated", "no")
  await queries.refetchQueries({queryKey: sessionKey})
  expect(await screen.findByText(/Your session has ended/)).toBeVisible()
})

test("what was written in a dialog waits for the same person only, and for nobody who closed it", async () => {
  const {handlers} = soukd()
  const dialog = () => screen.queryByRole("dialog", {name: "Rename the store"})
  await router.navigate({to: "/stores/$id", params: {id: aStore().id}})
  render(<App />)
  const user = userEvent.setup()
  const rename = async () => {
    await user.click(within(await screen.findByRole("main")).getByRole("button", {name: "More actions"}))
    await user.click(await screen.findByRole("menuitem", {name: "Rename"}))
  }
  await screen.findByRole("heading", {level: 1, name: "Green Tea"})
  await rename()
  await user.type(await screen.findByLabelText("Name"), " and more")
  handlers["PATCH /api/v1/stores/:id"] = () => problem(401, "unauthenticated", "no")
  await user.keyboard("{Enter}")
  handlers["POST /api/v1/session"] = () => new Answer(201, {...session, user: "somebody-else"})
  await user.type(await screen.findByLabelText("Admin token"), "t0ken{Enter}")
  expect(await screen.findByRole("heading", {level: 1, name: "Green Tea"})).toBeVisible()
  expect(dialog()).toBeNull()
  await rename()
  expect(await screen.findByLabelText("Name")).toHaveValue("Green Tea")
  await user.click(screen.getByRole("button", {name: "Cancel"}))
  await rename()
  expect(await screen.findByLabelText("Name")).toHaveValue("Green Tea")
})

test("a form of a new store that met the end of a session is as it was after the log-in", async () => {
  const {handlers} = soukd()
  handlers["GET /api/v1/engines"] = () => ({engines: [anEngine(), anEngine({name: "woocommerce", title: "WooCommerce"})]})
  handlers["GET /api/v1/plans"] = () => ({plans: [aPlan(), aPlan({name: "large", title: "Large"})]})
  handlers["POST /api/v1/stores"] = () => problem(401, "unauthenticated", "no")
  await router.navigate({to: "/create"})
  render(<App />)
  const user = userEvent.setup()
  await user.click(await screen.findByRole("radio", {name: /WooCommerce/}))
  await user.click(await screen.findByRole("radio", {name: /Large/}))
  await user.type(screen.getByLabelText("Name of the shop"), "Red Tea{Enter}")
  expect(await screen.findByText(/Your session has ended/)).toBeVisible()
  await user.type(screen.getByLabelText("Admin token"), "t0ken{Enter}")
  expect(await screen.findByLabelText("Name of the shop")).toHaveValue("Red Tea")
  expect(await screen.findByRole("radio", {name: /WooCommerce/})).toBeChecked()
  expect(await screen.findByRole("radio", {name: /Large/})).toBeChecked()
})

test("a key leads from any selected row to what can be done with it, and does nothing where none is selected", async () => {
  soukd()
  await router.navigate({to: "/stores"})
  render(<App />)
  const user = userEvent.setup()
  const box = await screen.findByRole("checkbox", {name: "Select Green Tea"})
  await user.click(box)
  await user.keyboard("a")
  expect(screen.getByRole("button", {name: "Restart"})).toHaveFocus()
  await user.click(box)
  await user.keyboard("a")
  expect(box).toHaveFocus()
})

test("a link that is pasted into the open log-in signs in, and its code leaves the address bar", async () => {
  const {asked, handlers} = soukd()
  handlers["GET /api/v1/session"] = () => problem(401, "unauthenticated", "no")
  await router.navigate({to: "/stores"})
  render(<App />)
  await screen.findByLabelText("Admin token")
  location.hash = "#code=c1"
  expect(await screen.findByRole("row", {name: /Green Tea/})).toBeVisible()
  expect(asked.find(({method}) => method === "POST")?.body).toEqual({code: "c1"})
  expect(location.href).not.toContain("c1")
})

test("the token does not stay behind after the log-in", async () => {
  const {handlers} = soukd()
  handlers["GET /api/v1/session"] = () => problem(401, "unauthenticated", "no")
  await router.navigate({to: "/stores"})
  render(<App />)
  await userEvent.setup().type(await screen.findByLabelText("Admin token"), "t0ken{Enter}")
  await screen.findByRole("row", {name: /Green Tea/})
  expect(JSON.stringify(queries.getMutationCache().getAll().map(({state}) => state))).not.toContain("t0ken")
})

test("a session's end is told once: not again to whoever has signed out by hand", async () => {
  const {handlers} = soukd()
  await router.navigate({to: "/stores/$id", params: {id: aStore().id}, search: {tab: "danger"}})
  render(<App />)
  const user = userEvent.setup()
  await user.click(await screen.findByRole("button", {name: "Show login"}))
  handlers["POST /api/v1/stores/:id/credentials"] = () => problem(401, "unauthenticated", "no")
  await user.type(await screen.findByLabelText("Reason"), "because{Enter}")
  await screen.findByText(/Your session has ended/)
  await user.type(screen.getByLabelText("Admin token"), "t0ken{Enter}")
  await screen.findByLabelText("Reason")
  await user.keyboard("{Escape}")
  await user.click((await screen.findAllByRole("button", {name: "More"}))[0] ?? document.body)
  await user.click(await screen.findByRole("menuitem", {name: "Sign out"}))
  await screen.findByLabelText("Admin token")
  expect(screen.queryByText(/Your session has ended/)).toBeNull()
  expect(queries.getMutationCache().getAll()).toHaveLength(0)
})

test("a log-out that soukd refuses is told, stays, and can be tried again", async () => {
  const {handlers} = soukd()
  handlers["DELETE /api/v1/session"] = () => problem(503, "unavailable", "The database does not answer; try again in a moment.")
  await router.navigate({to: "/stores"})
  render(<App />)
  const user = userEvent.setup()
  const leave = async () => {
    await user.click((await screen.findAllByRole("button", {name: "More"}))[0] ?? document.body)
    await user.click(await screen.findByRole("menuitem", {name: "Sign out"}))
  }
  await leave()
  expect(await screen.findByText("You are still signed in")).toBeVisible()
  expect(screen.getByText("The database does not answer; try again in a moment.")).toBeVisible()
  await leave()
  expect(await screen.findAllByText("You are still signed in")).toHaveLength(1)
  handlers["DELETE /api/v1/session"] = () => new Answer(204, undefined)
  await leave()
  await screen.findByLabelText("Admin token")
  await waitFor(() => { expect(screen.queryByText("You are still signed in")).toBeNull() })
})

test("after a log-in in another tab a refused write is sent again with the token of the new session", async () => {
  const {asked, handlers} = soukd()
  await router.navigate({to: "/stores/$id", params: {id: aStore().id}, search: {tab: "danger"}})
  render(<App />)
  const user = userEvent.setup()
  await user.click(await screen.findByRole("button", {name: "Show login"}))
  handlers["GET /api/v1/session"] = () => ({...session, csrf_token: "csrf-3"})
  handlers["POST /api/v1/stores/:id/credentials"] = ({headers}) => (headers.get("X-CSRF-Token") === "csrf-3" ? {username: "u", password: "p"} : problem(403, "csrf_refused", "no"))
  await user.type(await screen.findByLabelText("Reason"), "because{Enter}")
  expect(await screen.findByText("u")).toBeVisible()
  expect(asked.filter(({method}) => method === "POST").map(({headers}) => headers.get("X-CSRF-Token"))).toEqual(["csrf-1", "csrf-3"])
})
