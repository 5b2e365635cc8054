import {screen, waitFor, within} from "@testing-library/react"
import {afterEach, beforeEach, expect, test, vi} from "vitest"

import type {Wire} from "@/lib/api/answer"
import {download} from "@/lib/download"
import {takeSlot} from "@/lib/slots"
import {fakeLocks, noLocks} from "@/testing/fake-locks"
import {fakeSoukd, problem, type Asked} from "@/testing/fake-soukd"
import {holdTimers} from "@/testing/hold-timers"
import {renderRoutes} from "@/testing/render"
import {aStore} from "@/testing/samples"

import {AGAIN_MS} from "./follow-logs"
import {storesRoutes} from "./routes"

vi.mock("@/lib/download")

const ID = "str_01arz3ndektsv4rrffq69g5fav"
const WEB = "green-tea-web-0/web"
const pod = (name: string, change: Partial<Wire<"Pod">> = {}): Wire<"Pod"> =>
  ({name, component: "", phase: "Running", ready: true, restarts: 0, reason: "", message: "", containers: ["main"], created: "2026-11-21T09:30:00Z", ...change})

/** Each follower gets a stream of its own; the test writes into it. */
let streams: {asked: Asked; write: (text: string) => void; end: () => void}[] = []
beforeEach(() => { streams = [] })
afterEach(() => { noLocks() })

function follow(asked: Asked): Response {
  const encoder = new TextEncoder()
  return new Response(new ReadableStream<Uint8Array>({
    start(controller) {
      streams.push({asked, write: (text) => { controller.enqueue(encoder.encode(text)) }, end: () => { controller.close() }})
    },
  }), {headers: {"Content-Type": "text/plain"}})
}

const isFollowing = ({path, query}: Asked) => path.endsWith("/logs") && query.get("follow") === "true"
const soukd = (more: Parameters<typeof fakeSoukd>[0] = {}) => fakeSoukd({
  "GET /api/v1/stores/:id": () => aStore(),
  "GET /api/v1/stores/:id/pods": () => ({pods: [pod("green-tea-web-0"), pod("green-tea-db-0")]}),
  "GET /api/v1/stores/:id/logs": (asked) => isFollowing(asked) ? follow(asked) : {source: "live", logs: [{pod: "green-tea-web-0", container: "web", text: "asked once\n"}]},
  ...more,
})
const open = (search = "") => renderRoutes(storesRoutes, `/stores/${ID}?tab=logs${search}`)
const stream = async (number = 1) => {
  await waitFor(() => { expect(streams).toHaveLength(number) })
  const found = streams[number - 1]
  if (!found) throw new Error("nobody follows")
  return found
}

test("lines come as they are written; a pause holds them and counts what comes meanwhile", async () => {
  soukd()
  const {user} = open()
  const {write} = await stream()
  write(`${WEB} one\n`)
  expect(await screen.findByText("one")).toBeVisible()
  await user.click(screen.getByRole("button", {name: "Pause"}))
  write(`${WEB} two\n${WEB} three\n`)
  expect(await screen.findByText("2 new lines")).toBeVisible()
  expect(screen.queryByText("two")).toBeNull()
  await user.click(screen.getByRole("button", {name: "Go on"}))
  expect(await screen.findByText("three")).toBeVisible()
  expect(screen.queryByText(/new lines/)).toBeNull()
})

test("another pod begins anew, also in a pause", async () => {
  soukd()
  const {user} = open()
  const all = await stream()
  all.write(`${WEB} of the web\n`)
  await screen.findByText("of the web")
  await user.click(screen.getByRole("button", {name: "Pause"}))
  await user.selectOptions(screen.getByLabelText("Pod"), "green-tea-db-0")
  const db = await stream(2)
  expect(db.asked.query.get("pod")).toBe("green-tea-db-0")
  db.write("green-tea-db-0/db of the database\n")
  expect(await screen.findByText("of the database")).toBeVisible()
  expect(screen.queryByText("of the web")).toBeNull()
  expect(screen.getByRole("button", {name: "Pause"})).toBeVisible()
})

test("a chosen pod that is gone stays the choice and is told as gone", async () => {
  soukd()
  open("&pod=green-tea-web-old")
  expect(await screen.findByRole("option", {name: "web-old (gone)"})).toBeInTheDocument()
  expect(screen.getByLabelText("Pod")).toHaveValue("green-tea-web-old")
})

test("a search marks each place, and Enter goes from one to the next and back", async () => {
  soukd()
  const {user} = open()
  const {write} = await stream()
  write(`${WEB} GET /tea\n${WEB} begin\n${WEB} get /tea, get /cup\n${WEB} GET /pot\n`)
  await screen.findByText("begin")
  const field = screen.getByLabelText("Search in these lines")
  await user.type(field, "get")
  expect(await screen.findByText("1 of 3")).toBeVisible()
  expect([...document.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["GET", "get", "get", "GET"])
  await user.type(field, "{Enter}")
  expect(await screen.findByText("2 of 3")).toBeVisible()
  await user.type(field, "{Shift>}{Enter}{Enter}{/Shift}")
  expect(await screen.findByText("3 of 3")).toBeVisible()
  await user.click(screen.getByRole("button", {name: "Next match"}))
  expect(await screen.findByText("1 of 3")).toBeVisible()
  await user.type(field, " nothing")
  expect(await screen.findByText("no match")).toBeVisible()
})

test("the address keeps what is searched, with its pod and container", async () => {
  soukd({"GET /api/v1/stores/:id/pods": () => ({pods: [pod("green-tea-web-0", {containers: ["web", "proxy"]})]})})
  const {user, history, unmount} = open("&pod=green-tea-web-0")
  await user.selectOptions(await screen.findByLabelText("Container"), "proxy")
  await user.type(screen.getByLabelText("Search in these lines"), "GET /")
  await waitFor(() => { expect(Object.fromEntries(new URLSearchParams(history.location.search))).toEqual({tab: "logs", pod: "green-tea-web-0", container: "proxy", q: "GET /"}) })
  unmount()
  open("&q=GET")
  expect(await screen.findByLabelText("Search in these lines")).toHaveValue("GET")
})

test("a search finds what a long line does not show, and the whole line marks it", async () => {
  soukd()
  const {user} = open()
  const {write} = await stream()
  write(`${WEB} begin\n${WEB} ${"x".repeat(3000)} needle\n`)
  await screen.findByText("begin")
  await user.type(screen.getByLabelText("Search in these lines"), "needle")
  expect(await screen.findByText("1 of 1")).toBeVisible()
  await user.click(screen.getByRole("button", {name: /^all /}))
  expect(within(await screen.findByRole("dialog")).getByText("needle").tagName).toBe("MARK")
})

test("all lines are downloaded, each with its source and as a whole", async () => {
  soukd()
  const {user} = open()
  const {write} = await stream()
  const long = "x".repeat(5000)
  write(`${WEB} one\ngreen-tea-db-0/db ${long}\n`)
  await screen.findByText("one")
  await user.click(screen.getByRole("button", {name: "Download"}))
  expect(download).toHaveBeenCalledWith("green-tea.log", `${WEB} one\ngreen-tea-db-0/db ${long}`, "text/plain")
})

test("lines of before a restart are asked for as a whole", async () => {
  const {asked} = soukd({"GET /api/v1/stores/:id/pods": () => ({pods: [pod("green-tea-web-0", {restarts: 2})]})})
  const {user} = open()
  await user.click(await screen.findByRole("checkbox", {name: "Before the restart"}))
  expect(await screen.findByText("asked once")).toBeVisible()
  const last = asked.filter(({path}) => path.endsWith("/logs")).at(-1)
  expect([last?.query.get("previous"), last?.query.get("follow")]).toEqual(["true", null])
  expect(screen.queryByRole("button", {name: "Pause"})).toBeNull()
})

test("after an end it is followed again, and no line is shown twice", async () => {
  soukd()
  const goOn = holdTimers(AGAIN_MS)
  open()
  const first = await stream()
  first.write(`${WEB} one\n`)
  await screen.findByText("one")
  first.write("# All containers have ended.\n")
  first.end()
  expect(await screen.findByText("All containers have ended.")).toBeVisible()
  await goOn()
  const second = await stream(2)
  second.write(`${WEB} one\n${WEB} two\n`)
  expect(await screen.findByText("two")).toBeVisible()
  expect(screen.getAllByText("one")).toHaveLength(1)
})

test("where lines cannot be followed, they are asked for, and it is said why", async () => {
  soukd({"GET /api/v1/stores/:id/logs": (asked) => isFollowing(asked) ? problem(503, "too_many_followers", "16 others follow lines now.") : {source: "live", logs: [{pod: "green-tea-web-0", container: "web", text: "asked once\n"}]}})
  open()
  expect(await screen.findByText("asked once")).toBeVisible()
  expect(screen.getByText("Not following now: 16 others follow lines now.")).toBeVisible()
})

test("while other windows follow, lines are asked for and that is said; when one of them leaves, this one follows", async () => {
  soukd()
  const goOn = holdTimers(AGAIN_MS)
  fakeLocks()
  const others = [await takeSlot("logs"), await takeSlot("logs")]
  open()
  expect(await screen.findByText("asked once")).toBeVisible()
  expect(screen.getByText(/other windows of this browser follow lines now/)).toBeVisible()
  expect(streams).toHaveLength(0)
  others[0]?.()
  await goOn()
  const {write} = await stream()
  write(`${WEB} one\n`)
  expect(await screen.findByText("one")).toBeVisible()
  expect(screen.queryByText("asked once")).toBeNull()
  expect(screen.queryByText(/other windows/)).toBeNull()
})

test("a window that loses its slot keeps its lines until it has asked for them", async () => {
  const {handlers} = soukd()
  const goOn = holdTimers(AGAIN_MS)
  fakeLocks()
  open()
  const first = await stream()
  first.write(`${WEB} one\n`)
  await screen.findByText("one")
  await takeSlot("logs")
  let answer: (logs: unknown) => void = () => undefined
  handlers["GET /api/v1/stores/:id/logs"] = () => new Promise((resolve) => { answer = resolve })
  first.end()
  await screen.findByText("The containers have ended; new ones are waited for.")
  await takeSlot("logs") // in the pause before it looks again
  await goOn()
  expect(await screen.findByText(/other windows of this browser follow lines now/)).toBeVisible()
  expect(screen.getByText("one")).toBeVisible()
  answer({source: "live", logs: [{pod: "green-tea-web-0", container: "web", text: "one\ntwo\n"}]})
  expect(await screen.findByText("two")).toBeVisible()
})
