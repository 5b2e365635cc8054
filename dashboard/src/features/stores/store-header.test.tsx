import {act, screen, waitFor} from "@testing-library/react"
import {expect, test} from "vitest"

import {store, storeKeys} from "@/lib/stores/store"
import {fakeSoukd, problem, type Asked} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {aStore, anEvent, anOperation} from "@/testing/samples"

import {storesRoutes} from "./routes"

const condition = (type: string, status: boolean, message: string) => ({type, status, reason: "Reason", message, changed: "2026-11-21T09:30:00Z"})

function open(change: Parameters<typeof aStore>[0], more: Record<string, (asked: Asked) => unknown> = {}) {
  const soukd = fakeSoukd({"GET /api/v1/stores/:id": () => aStore(change), "GET /api/v1/events": () => ({events: [anEvent()], next_page_token: ""}), ...more})
  return {...soukd, ...renderRoutes(storesRoutes, `/stores/${aStore().id}?tab=activity`)}
}
/** What the header says beside name and status, on every tab. */
const notices = async () => {
  await screen.findByRole("heading", {level: 1, name: "Green Tea"})
  return screen.queryAllByRole("status").filter((notice) => notice.closest("header")).map((notice) => notice.textContent)
}

test("a degraded store says in its header what is wrong, and nothing of what is well", async () => {
  open({phase: "Degraded", conditions: [condition("Available", false, "the storefront answers 502"), condition("ChecksPassed", true, "An order can be placed"), condition("Stalled", false, "")]})
  expect(await notices()).toEqual(["Answers: Nothe storefront answers 502"])
})

test("a stalled store says why, and is tried again from there", async () => {
  const {asked, user} = open(
    {phase: "Provisioning", conditions: [condition("Stalled", true, "given up after 20 attempts"), condition("Available", false, "not open yet"), condition("Waiting", true, "2 stores are made before this one")]},
    {"POST /api/v1/stores/:id/actions/retry": () => ({store: aStore({phase: "Provisioning"}), operation: anOperation()})},
  )
  expect(await notices()).toEqual(["Stalled: Yesgiven up after 20 attemptsRetry now"])
  await user.click(screen.getByRole("button", {name: "Retry now"}))
  expect(asked.filter(({method}) => method === "POST").map(({path}) => path)).toEqual([`/api/v1/stores/${aStore().id}/actions/retry`])
})

test("a store that is well says nothing", async () => {
  open({phase: "Ready", conditions: [condition("Available", true, "It answers"), condition("Stalled", false, ""), condition("ClusterReachable", true, "")]})
  expect(await notices()).toEqual([])
})

test("a resumption whose answer was lost is a failure until the store says that it was done", async () => {
  const {queries, user} = open({phase: "Suspended"}, {"POST /api/v1/stores/:id/actions/resume": () => problem(503, "unavailable", "Not now.")})
  await user.click(await screen.findByRole("button", {name: "Resume"}))
  expect(await screen.findByText("Not now.")).toBeVisible()
  act(() => { queries.setQueryData(storeKeys.one(aStore().id), store.parse(aStore({phase: "Updating"}))) })
  await waitFor(() => { expect(screen.queryByText("Not now.")).toBeNull() })
})
