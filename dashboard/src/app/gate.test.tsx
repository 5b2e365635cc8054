import {render, screen, waitFor} from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import {afterEach, beforeEach, expect, test, vi} from "vitest"

import type {StreamOptions} from "@/lib/events/stream"
import {Answer, fakeSoukd, problem} from "@/testing/fake-soukd"
import {aStore, someStats} from "@/testing/samples"

import {App} from "./app"
import {pauseAfter, queries} from "./queries"
import {router} from "./router"

const streams = vi.hoisted(() => [] as StreamOptions[])
vi.mock("@/lib/events/stream", () => ({
  EventStream: class {
    constructor(options: StreamOptions) {
      streams.push(options)
      options.onChannel("live")
    }
    close = () => undefined
    pause = () => undefined
    retryNow = () => undefined
  },
}))

const session = {id: "ses_1", user: "admin", team: "default", role: "admin", address: "127.0.0.1", agent: "x", created: "2026-11-21T09:30:00Z", last_used: "2026-11-21T09:30:00Z", expires: "2026-11-28T09:30:00Z", current: true, csrf_token: "csrf-1"}
const soukd = () => fakeSoukd({
  "GET /api/v1/session": () => session,
  "GET /api/v1/dashboard": () => ({title: "Souk", base_path: "/", poll_seconds: 7, version: "1"}),
  "GET /api/v1/stores": () => ({stores: [aStore()], next_page_token: ""}),
  "GET /api/v1/stores/:id": () => aStore(),
  "GET /api/v1/stores/:id/pods": () => ({pods: []}),
  "GET /api/v1/stats": () => someStats(),
})

const usual = queries.getDefaultOptions()
const pauses = (after: (failures: number) => number) => { queries.setDefaultOptions({...usual, queries: {...usual.queries, retryDelay: after}}) }
/** So many failures in a row are told. */
const TOLD = 4
const HOUR_MS = 3_600_000

beforeEach(async () => {
  streams.length = 0
  // As they are, but shorter.
  pauses((failures) => pauseAfter(failures) / 10)
  await router.navigate({to: "/stores"})
})
afterEach(() => {
  queries.clear()
  queries.setDefaultOptions(usual)
})

const FAILURES = {
  "refused by soukd": [() => problem(503, "unavailable", "The database does not answer; try again in a moment."), "The database does not answer; try again in a moment."],
  "answered by a proxy": [() => new Answer(502, "Bad gateway"), "soukd answered 502 without saying why. Try again in a moment."],
  "lost": [() => Promise.reject(new TypeError("Failed to fetch")), "soukd does not answer. Check your connection; this page goes on by itself when it is back."],
} as const

test.each(Object.entries(FAILURES))("who is there cannot be asked, %s: one sentence and no log-in, and a click asks at once", async (_, [fails, sentence]) => {
  pauses((failures) => (failures < TOLD - 1 ? 1 : HOUR_MS))
  const {handlers} = soukd()
  handlers["GET /api/v1/session"] = fails
  render(<App />)
  expect(await screen.findByText(sentence)).toBeVisible()
  expect(screen.getAllByRole("alert")).toHaveLength(1)
  expect(screen.queryByLabelText("Admin token")).toBeNull()
  handlers["GET /api/v1/session"] = () => session
  await userEvent.setup().click(screen.getByRole("button", {name: "Try again"}))
  expect(await screen.findByRole("row", {name: /Green Tea/})).toBeVisible()
  expect(screen.queryByRole("alert")).toBeNull()
})

test("who is there could not be asked, and the page comes by itself when it can", async () => {
  const {asked, handlers} = soukd()
  handlers["GET /api/v1/session"] = FAILURES.lost[0]
  render(<App />)
  await screen.findByText(FAILURES.lost[1])
  handlers["GET /api/v1/session"] = () => session
  expect(await screen.findByRole("row", {name: /Green Tea/})).toBeVisible()
  expect(asked.filter(({path}) => path === "/api/v1/session").length).toBeLessThan(8)
})

test("a failure or two on the way are told to nobody", async () => {
  const answers = [...Object.values(FAILURES).map(([fails]) => fails)]
  const {handlers} = soukd()
  handlers["GET /api/v1/session"] = () => (answers.shift() ?? (() => session))()
  render(<App />)
  const told = vi.fn()
  const watch = new MutationObserver(() => { if (screen.queryByRole("alert")) told() })
  watch.observe(document.body, {childList: true, subtree: true})
  expect(await screen.findByRole("row", {name: /Green Tea/})).toBeVisible()
  watch.disconnect()
  expect(told).not.toHaveBeenCalled()
  expect(answers).toHaveLength(0)
})

test("a session that cannot be asked again leaves the page with what was typed, and the write says why it was not done", async () => {
  const {handlers} = soukd()
  await router.navigate({to: "/stores/$id", params: {id: aStore().id}})
  render(<App />)
  const user = userEvent.setup()
  await user.click(await screen.findByRole("button", {name: "Show login"}))
  handlers["GET /api/v1/session"] = FAILURES["refused by soukd"][0]
  handlers["POST /api/v1/stores/:id/credentials"] = () => problem(403, "csrf_refused", "Reload the page and try again.")
  await user.type(await screen.findByLabelText("Reason"), "because{Enter}")
  expect(await screen.findByText("Reload the page and try again.")).toBeVisible()
  expect(screen.getByLabelText("Reason")).toHaveValue("because")
  expect(screen.getAllByRole("alert")).toHaveLength(1)
})

test("where the page asks every few seconds, the settings say how many", async () => {
  const {handlers} = soukd()
  let answer: (settings: unknown) => void = () => undefined
  handlers["GET /api/v1/dashboard"] = () => new Promise((resolve) => { answer = resolve })
  render(<App />)
  await screen.findByRole("row", {name: /Green Tea/})
  expect(streams[0]?.pollEvery()).toBe(5000)
  answer({title: "Souk", base_path: "/", poll_seconds: 7, version: "1"})
  await waitFor(() => { expect(streams[0]?.pollEvery()).toBe(7000) })
  expect(streams).toHaveLength(1)
})
