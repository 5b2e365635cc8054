import {screen} from "@testing-library/react"
import {expect, test} from "vitest"

import {fakeSoukd, problem} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {anEvent} from "@/testing/samples"

import {eventsRoutes} from "./routes"

const page = (...events: object[]) => ({events, next_page_token: ""})
const soukd = (events: () => unknown) => fakeSoukd({"GET /api/v1/events": events})

test("events are told in words under their day, with a way to the store", async () => {
  soukd(() => page(anEvent({number: 2, type: "store.ready", message: ""}), anEvent({number: 1, type: "store.step", step: "setup", state: "running", message: "Products are made"})))
  renderRoutes(eventsRoutes, "/activity")
  const [first, second] = await screen.findAllByRole("listitem")
  expect(first).toHaveTextContent("Ready")
  expect(second).toHaveTextContent(/Shop setup: running.*Products are made/)
  expect((await screen.findAllByRole("link", {name: "Green Tea"}))[0]).toHaveAttribute("href", "/stores/str_01arz3ndektsv4rrffq69g5fav")
  expect(screen.getAllByRole("heading", {level: 2})).toHaveLength(1)
})

test("fifty events of fifty stores are one request", async () => {
  const {asked} = soukd(() => page(...Array.from({length: 50}, (_, index) => anEvent({number: 50 - index, store_id: `str_${index}`, store_name: `Tea ${index}`}))))
  renderRoutes(eventsRoutes, "/activity")
  expect(await screen.findByRole("link", {name: "Tea 49"})).toHaveAttribute("href", "/stores/str_49")
  expect(screen.getAllByRole("listitem")).toHaveLength(50)
  expect(asked.map(({path}) => path).filter((path) => path !== "/api/v1/dashboard")).toEqual(["/api/v1/events"])
})

test("filters of the address are asked of soukd", async () => {
  const {asked} = soukd(() => page(anEvent()))
  const {user, history} = renderRoutes(eventsRoutes, "/activity?store=tea&since=2026-11-01&until=never")
  await screen.findByRole("listitem")
  const query = asked.find(({path}) => path === "/api/v1/events")?.query
  expect([query?.get("store"), query?.get("since"), query?.get("until")]).toEqual(["tea", new Date(2026, 10, 1).toISOString(), null])
  await user.selectOptions(screen.getByLabelText("What happened"), "store.deleted")
  await screen.findByRole("listitem")
  expect(asked.filter(({path}) => path === "/api/v1/events").at(-1)?.query.getAll("type")).toEqual(["store.deleted"])
  expect(history.location.search).toContain("store.deleted")
})

test("what a store says is text and nothing else", async () => {
  soukd(() => page(anEvent({message: "<img src=x onerror=alert(1)> \u202Etxet"})))
  const {container} = renderRoutes(eventsRoutes, "/activity")
  expect(await screen.findByText(/<img src=x/)).toBeVisible()
  expect(container.querySelector("img")).toBeNull()
})

test("older events come when asked for", async () => {
  const {asked} = fakeSoukd({
    "GET /api/v1/events": ({query}) => (query.get("page_token") ? page(anEvent({number: 1})) : {events: [anEvent({number: 2})], next_page_token: "older"}),
  })
  const {user} = renderRoutes(eventsRoutes, "/activity")
  await user.click(await screen.findByRole("button", {name: "Show older events"}))
  expect(await screen.findByText("Events are kept for 30 days.")).toBeVisible()
  expect(screen.getAllByRole("listitem")).toHaveLength(2)
  expect(asked.some(({query}) => query.get("page_token") === "older")).toBe(true)
})

test("no event at all, none that matches and a failure each say what to do", async () => {
  const {handlers} = soukd(() => page())
  const {user} = renderRoutes(eventsRoutes, "/activity")
  expect(await screen.findByText("Nothing has happened yet")).toBeVisible()
  await user.selectOptions(screen.getByLabelText("What happened"), "store.deleted")
  expect(await screen.findByText("Nothing like this in the last 30 days.")).toBeVisible()
  handlers["GET /api/v1/events"] = () => problem(503, "unavailable", "Try again in a moment.")
  await user.click(screen.getByRole("button", {name: "Clear the filters"}))
  await user.selectOptions(screen.getByLabelText("What happened"), "store.ready")
  expect(await screen.findByRole("alert")).toHaveTextContent("Try again in a moment.")
})
