import {act, screen, within} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {stats as statsSchema} from "@/lib/stats/stats"
import {Answer, fakeSoukd, problem} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {anEngine, someStats} from "@/testing/samples"
import {setVisible} from "@/testing/visibility"

import {creationSeries} from "./creation-series"
import {platformRoutes} from "./routes"

// There is no canvas here.
vi.mock("@/components/time-chart", () => ({TimeChart: ({summary}: {summary: string}) => <figure aria-label={summary} />}))

const well = {status: "ok", latency_ms: 1.26, message: ""}
const health = (change: object = {}, status = "ok") => ({
  status, version: "0.1.0", checks: {database: well, cluster: well, queue: {...well, jobs: {}, oldest_ready_seconds: 0}, ...change},
})
const history = [
  {store_id: "str_2", engine: "woocommerce", ready_at: "2026-11-21T10:00:00Z", seconds: 50},
  {store_id: "str_1", engine: "medusa", ready_at: "2026-11-21T09:00:00Z", seconds: 70},
]
const creations = [{engine: "medusa", count: 1, median_seconds: 70, p95_seconds: 70, steps: []}]

const soukd = (handlers: Parameters<typeof fakeSoukd>[0] = {}) => fakeSoukd({
  "GET /api/v1/health": () => health(),
  "GET /api/v1/stats": () => someStats(),
  "GET /api/v1/engines": () => ({engines: [anEngine()]}),
  ...handlers,
})

test("all is well: version, latencies, and nothing that alarms", async () => {
  soukd()
  renderRoutes(platformRoutes, "/platform")
  expect(await screen.findByText("All is well")).toBeVisible()
  expect(screen.getByText("soukd 0.1.0")).toBeVisible()
  expect(screen.getAllByText(/answers in 1.3 ms/)).toHaveLength(3)
  expect(await screen.findByText("Nothing failed in this time.")).toBeVisible()
})

test("a database that is away is shown although the answer is 503, with what that means", async () => {
  soukd({"GET /api/v1/health": () => new Answer(503, health({database: {status: "failed", latency_ms: null, message: "no answer within 2 s"}}, "down"))})
  renderRoutes(platformRoutes, "/platform")
  expect(await screen.findByText("The database does not answer")).toBeVisible()
  const card = (await screen.findByRole("heading", {name: "Database"})).closest("li")
  if (!card) throw new Error("the database has a card")
  expect(within(card).getByText("no answer within 2 s")).toBeVisible()
  expect(card).toHaveTextContent(/Stores go on serving/)
})

test("figures: workers, stalled jobs, capacity before and after the first samples, creations and failures", async () => {
  const {handlers} = soukd({"GET /api/v1/stats": () => ({...someStats(),
    phases: {Ready: 3, Deleted: 9}, creations, history, failures: [{engine: "medusa", reason: "Timeout", count: 1}, {engine: "medusa", reason: "ImagePullFailed", count: 5}],
    queue: {ready: 2, running: 1, snoozed: 3, stalled: 1, oldest_ready_seconds: 61}, workers: {total: 4, busy: 1},
    capacity: {requests_cpu_millicores: 3000, requests_memory_bytes: 6 * 1024 ** 3, storage_bytes: 1024 ** 3, used_cpu_millicores: 1500, used_memory_bytes: null, pods: null},
  })})
  const {user} = renderRoutes(platformRoutes, "/platform")
  expect(await screen.findByRole("meter", {name: "Workers busy"})).toHaveAttribute("aria-valuetext", "1 of 4")
  expect(screen.getByText(/oldest waits 1 min 1 s/)).toBeVisible()
  expect(screen.getByText(/Attempts are used up/)).toBeVisible()
  expect(screen.getByRole("meter", {name: "CPU"})).toHaveAttribute("aria-valuetext", "1.5 cores used of 3 cores promised")
  expect(screen.getByText("6 GiB promised")).toBeVisible()
  expect(screen.getByText("3 in all")).toBeVisible()
  expect(screen.getByRole("link", {name: "Ready 3"})).toBeVisible()
  expect(await screen.findByRole("figure", {name: /2 stores.*Medusa, woocommerce/})).toBeVisible()
  const rows = within(screen.getByRole("table", {name: "Failures by reason"})).getAllByRole("row")
  expect(rows.map((row) => row.textContent)).toEqual(["ReasonEngineTimes", "ImagePullFailedMedusa5", "TimeoutMedusa1"])

  // The time is a filter: it is asked for, and what was shown stays until the answer is there.
  const asked: (string | null)[] = []
  handlers["GET /api/v1/stats"] = ({query}) => {
    asked.push(query.get("days"))
    return someStats()
  }
  await user.selectOptions(screen.getByLabelText("Time"), "7")
  expect(await screen.findByText("No store was made in this time.")).toBeVisible()
  expect(asked).toEqual(["7"])
})

test("figures are read again every ten seconds while somebody looks", async () => {
  vi.useFakeTimers({shouldAdvanceTime: true})
  try {
    const {asked} = soukd()
    renderRoutes(platformRoutes, "/platform")
    await screen.findByText("Nothing failed in this time.")
    const times = () => asked.filter(({path}) => path === "/api/v1/stats").length
    expect(times()).toBe(1)
    await act(() => vi.advanceTimersByTimeAsync(10_000))
    expect(times()).toBe(2)
    setVisible(false)
    await act(() => vi.advanceTimersByTimeAsync(60_000))
    expect(times()).toBe(2)
  } finally {
    setVisible(true)
    vi.useRealTimers()
  }
})

test("figures that cannot be read leave the health in place", async () => {
  soukd({"GET /api/v1/stats": () => problem(503, "unavailable", "The figures are not there now; try again.")})
  renderRoutes(platformRoutes, "/platform")
  expect(await screen.findByText("The figures are not there now; try again.")).toBeVisible()
  expect(screen.getByRole("heading", {name: "Cluster"})).toBeVisible()
})

test("the chart's times rise, and each engine has its own row with gaps", () => {
  const {times, series} = creationSeries(statsSchema.shape.history.parse(history), (name) => name.toUpperCase())
  expect(times.map((time) => time.toISOString())).toEqual(["2026-11-21T09:00:00.000Z", "2026-11-21T10:00:00.000Z"])
  expect(series.map(({label, values}) => [label, values])).toEqual([["MEDUSA", [70, null]], ["WOOCOMMERCE", [null, 50]]])
})
