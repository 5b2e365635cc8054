import {screen, waitFor} from "@testing-library/react"
import {expect, test} from "vitest"

import type {Wire} from "@/lib/api/answer"
import {fakeSoukd, type Asked} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {aStore, anEvent, anOperation} from "@/testing/samples"

import {storesRoutes} from "./routes"

const ID = aStore().id
const pod = (name: string, containers: string[]): Wire<"Pod"> =>
  ({name, component: "", phase: "Running", ready: true, restarts: 1, reason: "", message: "", containers, created: "2026-11-21T09:30:00Z"})

const soukd = () => fakeSoukd({
  "GET /api/v1/stores/:id": () => aStore(),
  "GET /api/v1/events": ({query}) => ({events: [anEvent(query.has("type") ? {type: "store.renamed", message: "Green Tea to Red Tea"} : {})], next_page_token: ""}),
  "GET /api/v1/operations": () => ({operations: [anOperation({kind: "store.restart"})], next_page_token: ""}),
  "GET /api/v1/stores/:id/pods": () => ({pods: [pod("green-tea-web-0", ["web", "proxy"]), pod("green-tea-db-0", ["db"])]}),
  "GET /api/v1/stores/:id/logs": ({query}) => query.has("follow")
    ? new Response(new ReadableStream(), {headers: {"Content-Type": "text/plain"}})
    : {source: "live", logs: [{pod: "green-tea-web-0", container: "proxy", text: "of before\n"}]},
  "GET /api/v1/stores/:id/usage": () => ({
    now: null, samples: [], quota: {requests_cpu_millicores: 1, limits_cpu_millicores: 1, requests_memory_bytes: 1, limits_memory_bytes: 1, storage_bytes: 1, pods: 1},
  }),
})

function open(search: string) {
  const {asked} = soukd()
  const page = renderRoutes(storesRoutes, `/stores/${ID}${search}`)
  return {
    ...page,
    /** The address says so. */
    says: (search: Record<string, string>) => waitFor(() => { expect(Object.fromEntries(new URLSearchParams(page.history.location.search))).toEqual(search) }),
    /** The last question of this path has exactly this in it. */
    asks: (path: string, query: Record<string, string>) => waitFor(() => {
      const last = asked.filter((one: Asked) => one.path === path).at(-1)
      expect(last && Object.fromEntries(last.query)).toEqual(query)
    }),
  }
}

test("a kind of event is chosen: the address keeps it, and soukd is asked for this kind only", async () => {
  const {user, says, asks} = open("?tab=activity")
  await screen.findByText("An order can be placed")
  await user.selectOptions(screen.getByLabelText("Kind"), "Renamed")
  await says({tab: "activity", type: "store.renamed"})
  await asks("/api/v1/events", {store: ID, type: "store.renamed", page_size: "100"})
  expect(await screen.findByText(/Green Tea to Red Tea/)).toBeVisible()
  expect(screen.queryByText("An order can be placed")).toBeNull()
  await user.selectOptions(screen.getByLabelText("Kind"), "All kinds")
  await says({tab: "activity"})
})

test("operations are chosen: the address keeps it, and soukd is asked for those of this store", async () => {
  const {user, says, asks} = open("?tab=activity")
  await user.click(await screen.findByRole("button", {name: "Operations"}))
  await says({tab: "activity", show: "operations"})
  await asks("/api/v1/operations", {store: ID, page_size: "50"})
  expect(await screen.findByText("Restart")).toBeVisible()
  await user.click(screen.getByRole("button", {name: "Events"}))
  await says({tab: "activity"})
})

test("pod, container and the life before are chosen: the address keeps them, and soukd is asked for just that", async () => {
  const {user, says, asks} = open("?tab=logs")
  const logs = `/api/v1/stores/${ID}/logs`
  await user.selectOptions(await screen.findByLabelText("Pod"), await screen.findByRole("option", {name: "web-0"}))
  await user.selectOptions(await screen.findByLabelText("Container"), "proxy")
  await says({tab: "logs", pod: "green-tea-web-0", container: "proxy"})
  await asks(logs, {pod: "green-tea-web-0", container: "proxy", follow: "true", tail: "10000"})
  await user.click(screen.getByRole("checkbox", {name: "Before the restart"}))
  await says({tab: "logs", pod: "green-tea-web-0", container: "proxy", previous: "true"})
  await asks(logs, {pod: "green-tea-web-0", container: "proxy", previous: "true", tail: "10000"})
  expect(await screen.findByText("of before")).toBeVisible()
  // Another pod has other containers.
  await user.selectOptions(screen.getByLabelText("Pod"), "green-tea-db-0")
  await says({tab: "logs", pod: "green-tea-db-0", previous: "true"})
  await asks(logs, {pod: "green-tea-db-0", previous: "true", tail: "10000"})
  await user.click(screen.getByRole("checkbox", {name: "Before the restart"}))
  await says({tab: "logs", pod: "green-tea-db-0"})
})

test("a period is chosen: the address keeps it, and soukd is asked for it", async () => {
  const {user, says, asks} = open("")
  await user.selectOptions(await screen.findByLabelText("Period"), "7d")
  await says({range: "7d"})
  await asks(`/api/v1/stores/${ID}/usage`, {range: "7d"})
  await user.selectOptions(screen.getByLabelText("Period"), "24h")
  await says({})
})
