import {screen} from "@testing-library/react"
import {expect, test} from "vitest"

import {fakeSoukd, problem} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {anEngine, aPlan, someStats} from "@/testing/samples"

import {enginesRoutes} from "./routes"

const soukd = (change: {engines?: object[]; stats?: () => unknown} = {}) => fakeSoukd({
  "GET /api/v1/engines": () => ({engines: change.engines ?? [anEngine()]}),
  "GET /api/v1/plans": () => ({plans: [aPlan(), aPlan({name: "other", title: "Not of this engine"})]}),
  "GET /api/v1/stats": change.stats ?? (() => someStats()),
})

test("an engine says how long its creation takes on this platform and where the time goes", async () => {
  soukd({stats: () => someStats({
    engines: [{engine: "medusa", stores: 13, phases: {Ready: 12, Failed: 1}}],
    creations: [{engine: "medusa", count: 40, median_seconds: 72.4, p95_seconds: 120, steps: [{step: "setup", median_seconds: 30}, {step: "fence", median_seconds: 0.01}]}],
  })})
  renderRoutes(enginesRoutes, "/engines")
  expect(await screen.findByText("1 min 12 s")).toBeVisible()
  expect(screen.getByText("2 min 0 s")).toBeVisible()
  expect(screen.getByText("Shop setup")).toBeVisible()
  expect(screen.queryByText("Fence")).toBeNull()
  expect(screen.getByRole("link", {name: "Ready 12"})).toHaveAttribute("href", expect.stringContaining("engine=medusa"))
})

test("one that was never used says so, and names its checks, plans and addresses", async () => {
  soukd()
  renderRoutes(enginesRoutes, "/engines")
  expect(await screen.findByText("No store of this engine was made here yet.")).toBeVisible()
  expect(screen.getByText("The storefront shows a product")).toBeVisible()
  expect(await screen.findByRole("table", {name: "Plans"})).toHaveTextContent("Starter1 to 32 GiB to 4 GiB10 GiB15")
  expect(screen.getByRole("article", {name: "Medusa"})).not.toHaveTextContent("Not of this engine")
  expect(screen.getByText("/app")).toBeVisible()
  expect(screen.getByRole("link", {name: "New store with Medusa"})).toHaveAttribute("href", "/create?engine=medusa")
  expect(screen.getByRole("table", {name: "What Medusa runs"})).toHaveTextContent("PartStarterpostgres keeps the data0.1 · 128 MiBserver 0.15 · 384 MiBsetup runs once0.1 · 320 MiB")
})

test("without engines it says what to do; without figures the rest is there", async () => {
  soukd({engines: []})
  const {unmount} = renderRoutes(enginesRoutes, "/engines")
  expect(await screen.findByText("No engine is installed")).toBeVisible()
  unmount()
  soukd({stats: () => problem(503, "unavailable", "The figures are not there now; try again.")})
  renderRoutes(enginesRoutes, "/engines")
  expect(await screen.findByRole("alert")).toHaveTextContent("The figures are not there now; try again.")
  expect(await screen.findByRole("heading", {name: "Medusa"})).toBeVisible()
})

test("an engine says its version, and which ones it takes over from", async () => {
  soukd({engines: [anEngine({version: "2.21.2-1", upgrades_from: ["2.20.0-1", "2.21.0-3"]}), anEngine({name: "tiny", title: "Tiny", version: "1.0.0", upgrades_from: []})]})
  renderRoutes(enginesRoutes, "/engines")
  expect(await screen.findByText(/^Version 2.21.2-1 · Takes over from 2.20.0-1, 2.21.0-3 · /)).toBeVisible()
  expect(screen.getByRole("article", {name: "Tiny"})).toHaveTextContent(/Version 1\.0\.0 · (?!Takes over)/)
})
