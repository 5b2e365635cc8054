import {act, screen, waitFor, within} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import type {Wire} from "@/lib/api/answer"
import {store, storeKeys} from "@/lib/stores/store"
import {fakeSoukd, problem, type Asked} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"
import {aStep, aStore, anEvent, anOperation, someStats} from "@/testing/samples"

import {storesRoutes} from "./routes"

// There is no canvas here.
vi.mock("@/components/time-chart", () => ({
  TimeChart: ({summary, times, series}: {summary: string; times: Date[]; series: {label: string; values: number[]}[]}) => (
    <figure aria-label={summary}>{times.length} times, {series.map(({label, values}) => `${label}: ${values.join(" ")}`)}</figure>
  ),
}))

const ID = "str_01arz3ndektsv4rrffq69g5fav"
const receipt = (change: Partial<Wire<"Receipt">> = {}): Wire<"Receipt"> => ({
  store_id: ID, store_name: "Green Tea", slug: "green-tea", engine: "medusa", requested_by: "admin", requested: "2026-11-21T10:00:00Z", completed: null,
  lines: [{kind: "Deployment", name: "green-tea-web", namespace: "souk-green-tea", gone: "2026-11-21T10:00:04Z"}, {kind: "Namespace", name: "souk-green-tea", namespace: "", gone: null}], ...change,
})
const resource = (kind: string, name: string, change: Partial<Wire<"Resource">> = {}): Wire<"Resource"> => ({kind, name, parent: null, component: "", health: "healthy", reason: "", message: "", created: "2026-11-21T09:30:00Z", ...change})

const aUsage = (change: Partial<Wire<"Usage">> = {}): Wire<"Usage"> => ({
  now: {time: "2026-11-21T09:30:00Z", pods: [], cpu_millicores: 250, memory_bytes: 1024 ** 3, storage_bytes: 4 * 1024 ** 3},
  quota: {requests_cpu_millicores: 1000, limits_cpu_millicores: 2000, requests_memory_bytes: 1, limits_memory_bytes: 4 * 1024 ** 3, storage_bytes: 10 * 1024 ** 3, pods: 15}, samples: [], ...change,
})

function soukd(store: Wire<"Store">, more: Record<string, (asked: Asked) => unknown> = {}) {
  return fakeSoukd({
    "GET /api/v1/stores/:id": () => store,
    "GET /api/v1/events": () => ({events: [anEvent()], next_page_token: ""}),
    "GET /api/v1/stats": () => someStats({creations: [{engine: "medusa", count: 5, median_seconds: 60, p95_seconds: 90, steps: [{step: "setup", median_seconds: 40}, {step: "checks", median_seconds: 10}]}]}),
    "GET /api/v1/stores/:id/pods": () => ({pods: []}),
    "GET /api/v1/stores/:id/logs": () => ({source: "kept", logs: []}),
    "GET /api/v1/stores/:id/receipt": () => receipt(),
    "GET /api/v1/stores/:id/usage": () => aUsage(),
    "GET /api/v1/stores/:id/resources": () => ({resources: [
      resource("StatefulSet", "green-tea-db"), resource("Pod", "green-tea-db-0", {parent: "StatefulSet/green-tea-db", health: "degraded", reason: "CrashLoopBackOff", message: "It ends again and again."}),
      resource("PersistentVolumeClaim", "data-green-tea-db-0"),
    ]}),
    "GET /api/v1/operations/:id": () => anOperation(),
    ...more,
  })
}
const open = (search = "") => renderRoutes(storesRoutes, `/stores/${ID}${search}`)

test("a ready store opens its storefront and admin and shows what it uses of its plan", async () => {
  soukd(aStore())
  open()
  expect(await screen.findByRole("link", {name: "Open storefront"})).toHaveAttribute("href", "http://green-tea.localhost:8080/")
  expect(screen.getByRole("link", {name: "Open admin"})).toHaveAttribute("rel", "noopener noreferrer")
  expect(await screen.findByRole("meter", {name: "Memory"})).toHaveAttribute("aria-valuetext", "1 GiB of 4 GiB")
  expect(screen.getByText("An order can be placed")).toBeVisible()
})

test("what each pod uses is told, the hungriest first", async () => {
  const pods = [{pod: "green-tea-db-0", cpu_millicores: 40, memory_bytes: 256 * 1024 ** 2}, {pod: "green-tea-web-0", cpu_millicores: 210, memory_bytes: 768 * 1024 ** 2}]
  soukd(aStore(), {"GET /api/v1/stores/:id/usage": () => aUsage({now: {time: "2026-11-21T09:30:00Z", pods, cpu_millicores: 250, memory_bytes: 1024 ** 3, storage_bytes: 0}})})
  open()
  const table = await screen.findByRole("table", {name: "By pod"})
  expect(within(table).getAllByRole("row").slice(1).map((row) => row.textContent)).toEqual(["web-00.21768 MiB", "db-00.04256 MiB"])
})

test("measures of the past are charts with their highest value in words", async () => {
  const sample = (minute: number, cpu_millicores: number) => ({time: `2026-11-21T09:${minute}:00Z`, cpu_millicores, memory_bytes: cpu_millicores * 1024 ** 2, storage_bytes: 0})
  soukd(aStore(), {"GET /api/v1/stores/:id/usage": ({query}) => aUsage({samples: query.get("range") === "1h" ? [sample(30, 100)] : [sample(20, 100), sample(25, 700), sample(30, 300)]})})
  const {user} = open()
  expect(await screen.findByRole("figure", {name: "CPU over time. The highest value is 0.7."})).toHaveTextContent("3 times, CPU: 100 700 300")
  expect(screen.getByRole("figure", {name: "Memory over time. The highest value is 700 MiB."})).toBeVisible()
  await user.selectOptions(screen.getByLabelText("Period"), "1h")
  expect(await screen.findByText(/Charts begin with the first measures/)).toBeVisible()
})

test("a creation shows its steps, an estimate from earlier runs, and can be cancelled after a question", async () => {
  const {asked} = soukd(
    aStore({phase: "Provisioning", operation: "op_01arz3ndektsv4rrffq69g5fav", progress: {percent: 50, step: "setup", steps: [aStep("data", "done", {started: "2026-11-21T09:30:00Z", ended: "2026-11-21T09:30:09Z"}), aStep("setup", "running", {started: new Date(Date.now() - 10_000).toISOString(), message: "Seeding products"}), aStep("checks")]}}),
    {"POST /api/v1/operations/:id/actions/cancel": () => anOperation()},
  )
  const {user} = open()
  expect(await screen.findByText("Seeding products")).toBeVisible()
  expect(screen.getByText("9 s")).toBeVisible()
  expect(await screen.findByText("about 40 s left")).toBeVisible()
  await user.click(await screen.findByRole("button", {name: "Cancel: Creation, Green Tea"}))
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", {name: "Cancel the operation"}))
  expect(await screen.findByText("Being cancelled…")).toBeVisible()
  expect(asked.filter(({method}) => method === "POST")).toHaveLength(1)
})

test("the list of operations asks before it cancels a creation", async () => {
  const {asked} = soukd(aStore({phase: "Provisioning"}), {
    "GET /api/v1/operations": () => ({operations: [anOperation(), anOperation({id: "op_2", kind: "store.retry"})], next_page_token: ""}),
    "POST /api/v1/operations/:id/actions/cancel": () => new Promise(() => undefined),
  })
  const {user} = open("?tab=activity&show=operations")
  await user.click(await screen.findByRole("button", {name: "Cancel: Creation, Green Tea"}))
  expect(asked.filter(({method}) => method === "POST")).toEqual([])
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", {name: "Cancel the operation"}))
  await waitFor(() => { expect(asked.filter(({method}) => method === "POST").map(({path}) => path)).toEqual([`/api/v1/operations/${anOperation().id}/actions/cancel`]) })
  expect(screen.getByRole("button", {name: "Cancel: Retry, Green Tea", hidden: true})).not.toHaveAttribute("aria-busy")
})

test("while it waits, its place in line is told", async () => {
  soukd(aStore({phase: "Requested", conditions: [{type: "Waiting", status: true, reason: "InLine", message: "2 stores are made before this one", changed: "2026-11-21T09:30:00Z"}]}))
  open()
  expect((await screen.findAllByText("2 stores are made before this one"))[0]).toBeVisible()
})

test("a failed store says why, which lines prove it and what to do, and is tried again", async () => {
  const {asked} = soukd(
    aStore({phase: "Failed", failure: {reason: "SetupFailed", message: "The setup of the shop gave up."}, progress: {percent: 50, step: "setup", steps: []}}),
    {
      "GET /api/v1/stores/:id/logs": () => ({source: "kept", logs: [{pod: "green-tea-web-0", container: "web", text: "error in web\n"}, {pod: "green-tea-setup-x", container: "setup", text: "begin\n\u001b[31mError: no currency <script>alert(1)</script>\u001b[0m\n"}]}),
      "POST /api/v1/stores/:id/actions/retry": () => ({store: aStore({phase: "Provisioning"}), operation: anOperation()}),
    },
  )
  const {user} = open()
  expect(await screen.findByText("The setup of the shop gave up.")).toBeVisible()
  expect(await screen.findByText("Error: no currency <script>alert(1)</script>")).toBeVisible()
  expect(screen.queryByText("error in web")).toBeNull()
  expect(screen.getByText(/The shop's own setup gave up/)).toBeVisible()
  await user.click(screen.getByRole("button", {name: "Retry"}))
  await waitFor(() => { expect(asked.find(({method}) => method === "POST")?.headers.get("Idempotency-Key")).toBeTruthy() })
})

test("a failed store that changes takes the keyboard from nobody", async () => {
  const failed = aStore({phase: "Failed", failure: {reason: "Timeout", message: "It took too long."}})
  const {handlers} = soukd(failed)
  const {queries} = open()
  const retry = await screen.findByRole("button", {name: "Retry"})
  retry.focus()
  handlers["GET /api/v1/stores/:id"] = () => ({...failed, version: failed.version + 1, failure: {reason: "Timeout", message: "It took far too long."}})
  await act(() => queries.invalidateQueries({queryKey: storeKeys.one(ID)}))
  expect(await screen.findByText("It took far too long.")).toBeVisible()
  expect(retry).toHaveFocus()
})

test("where no line sounds like a failure, the last ones are shown; without any it is said", async () => {
  const counted = Array.from({length: 20}, (_, index) => `step ${index + 1}`).join("\n")
  const {handlers} = soukd(aStore({phase: "Failed", failure: {reason: "Timeout", message: "It took too long."}, progress: {percent: 50, step: "setup", steps: []}}), {
    "GET /api/v1/stores/:id/logs": () => ({source: "kept", logs: [{pod: "green-tea-setup-x", container: "setup", text: `${counted}\n`}, {pod: "green-tea-setup-x", container: "wait", text: ""}]}),
  })
  const {unmount} = open()
  expect(await screen.findByText("step 20")).toBeVisible()
  expect(screen.getByText("step 9")).toBeVisible()
  expect(screen.queryByText("step 8")).toBeNull()
  expect(screen.getByRole("heading", {name: "Its last log lines"})).toBeVisible()
  unmount()
  handlers["GET /api/v1/stores/:id/logs"] = () => ({source: "kept", logs: [{pod: "green-tea-setup-x", container: "setup", text: ""}]})
  open()
  expect(await screen.findByText("No log lines were kept.")).toBeVisible()
})

const took = [aStep("data", "done", {started: "2026-11-21T09:30:00Z", ended: "2026-11-21T09:30:09Z"}), aStep("setup", "done", {started: "2026-11-21T09:30:09Z", ended: "2026-11-21T09:31:12Z"})]
const stalled = {type: "NeedsAttention", status: true, reason: "Left", message: "A volume is left over.", changed: "2026-11-21T09:30:00Z"}

test("the steps of what has ended stay, with their times", async () => {
  soukd(aStore({progress: {percent: 100, step: null, steps: took}}))
  const {user} = open()
  const summary = await screen.findByText("Steps of the last operation")
  expect(summary).toHaveTextContent("Took 1 min 12 s")
  expect(summary.closest("details")).not.toHaveAttribute("open")
  await user.click(summary)
  expect(screen.getByText("1 min 3 s")).toBeVisible()
})

test("a failed store shows its steps and conditions, and says on every tab why it failed", async () => {
  const steps = [...took.slice(0, 1), aStep("setup", "failed", {started: "2026-11-21T09:30:09Z", ended: "2026-11-21T09:31:12Z", message: "The currency is not known."})]
  soukd(aStore({phase: "Failed", failure: {reason: "SetupFailed", message: "The setup of the shop gave up."}, conditions: [stalled], progress: {percent: 50, step: "setup", steps}}))
  const {user} = open()
  expect(await screen.findByText("The setup of the shop gave up.")).toBeVisible()
  expect(screen.getByText("The currency is not known.")).toBeVisible()
  expect(within(screen.getByRole("region", {name: "Conditions"})).getByText("A volume is left over.")).toBeVisible()
  await user.click(screen.getByRole("tab", {name: "Activity"}))
  await waitFor(() => { expect(screen.queryByRole("heading", {name: "Why it failed"})).toBeNull() })
  expect(screen.getByRole("alert")).toHaveTextContent("The setup of the shop gave up.")
})

test.each(["Provisioning", "Deleting"] as const)("%s: conditions are told when there are any", async (phase) => {
  const {handlers} = soukd(aStore({phase, conditions: [stalled]}))
  const {unmount} = open()
  expect(await screen.findByRole("region", {name: "Conditions"})).toBeVisible()
  unmount()
  handlers["GET /api/v1/stores/:id"] = () => aStore({phase, conditions: []})
  open()
  await screen.findByText("Progress")
  expect(screen.queryByRole("region", {name: "Conditions"})).toBeNull()
})

test("lines that prove a failure are told while they come, and why they do not", async () => {
  const {handlers} = soukd(aStore({phase: "Failed", failure: {reason: "Timeout", message: "It took too long."}}), {"GET /api/v1/stores/:id/logs": () => problem(503, "cluster_unreachable", "The cluster does not answer.")})
  const {user} = open()
  expect(await screen.findByText("The cluster does not answer.")).toBeVisible()
  handlers["GET /api/v1/stores/:id/logs"] = () => new Promise(() => undefined)
  await user.click(screen.getByRole("button", {name: "Try again"}))
  expect(await screen.findByRole("status", {name: "Loading"})).toBeVisible()
})

test("where lines cannot be followed, the newest are asked for", async () => {
  soukd(aStore({phase: "Provisioning", progress: {percent: 50, step: "setup", steps: [aStep("setup", "running", {started: "2026-11-21T09:30:00Z"})]}}), {
    "GET /api/v1/stores/:id/logs": ({query}) => query.get("follow") === "true"
      ? problem(503, "too_many_followers", "16 others follow lines now.")
      : {source: "live", logs: [{pod: "green-tea-setup-x", container: "setup", text: "Seeding products now\n"}]},
  })
  open()
  expect(await screen.findByText("Seeding products now")).toBeVisible()
})

test("the login is shown with a reason only, and hidden after a minute", async () => {
  const {asked} = soukd(aStore(), {"POST /api/v1/stores/:id/credentials": () => ({username: "admin@tea", password: "s3cret"})})
  const {user} = open()
  await user.click(await screen.findByRole("button", {name: "Show login"}))
  const dialog = await screen.findByRole("dialog")
  await user.click(within(dialog).getByRole("button", {name: "Show login"}))
  expect(await within(dialog).findByText("A reason is needed.")).toBeVisible()
  expect(asked.filter(({method}) => method === "POST")).toHaveLength(0)
  await user.type(within(dialog).getByLabelText("Reason"), "first login")
  await user.click(within(dialog).getByRole("button", {name: "Show login"}))
  expect(await screen.findByText("s3cret")).toBeVisible()
  const later = Date.now() + 61_000
  vi.spyOn(Date, "now").mockReturnValue(later)
  vi.useFakeTimers({now: later, toFake: ["Date"]})
  await waitFor(() => { expect(screen.queryByText("s3cret")).toBeNull() })
  vi.useRealTimers()
})

test("the page of another store begins anew: no login of the store before stays open over it", async () => {
  soukd(aStore(), {"POST /api/v1/stores/:id/credentials": () => ({username: "admin@tea", password: "s3cret"})})
  const {user, queries, history} = open()
  queries.setQueryData(storeKeys.one("str_2"), store.parse(aStore({id: "str_2", name: "Red Tea"})))
  await user.click(await screen.findByRole("button", {name: "Show login"}))
  await user.type(await screen.findByLabelText("Reason"), "first login{Enter}")
  expect(await screen.findByText("s3cret")).toBeVisible()
  act(() => { history.push("/stores/str_2") })
  expect(await screen.findByRole("heading", {level: 1, name: "Red Tea"})).toBeVisible()
  expect(screen.queryByText("s3cret")).toBeNull()
})

test("the keyboard goes back to the menu that a question came from", async () => {
  soukd(aStore())
  const {user} = open()
  await user.click(await screen.findByRole("button", {name: "More actions"}))
  await user.click(await screen.findByRole("menuitem", {name: "Rename"}))
  await screen.findByRole("dialog")
  await user.keyboard("{Escape}")
  await waitFor(() => { expect(screen.getByRole("button", {name: "More actions"})).toHaveFocus() })
})

test("a deletion names what is lost and wants the name typed", async () => {
  const {asked, handlers} = soukd(aStore())
  handlers["DELETE /api/v1/stores/:id"] = () => {
    handlers["GET /api/v1/stores/:id"] = () => aStore({phase: "Deleting"})
    return {store: aStore({phase: "Deleting"}), operation: anOperation({kind: "store.delete"})}
  }
  const {user} = open("?tab=danger")
  await user.click(await screen.findByRole("button", {name: "Delete…"}))
  const dialog = await screen.findByRole("dialog")
  expect(await within(dialog).findByText("Volume data-green-tea-db-0 with its files")).toBeVisible()
  const confirm = within(dialog).getByRole("button", {name: "Delete for ever"})
  await user.type(within(dialog).getByLabelText(/Type/), "Green")
  expect(confirm).toBeDisabled()
  await user.type(within(dialog).getByLabelText(/Type/), " Tea")
  await user.click(confirm)
  expect(await screen.findByText("Receipt, so far")).toBeVisible()
  expect(screen.getByText("1 of 2 gone")).toBeVisible()
  expect(asked.find(({method}) => method === "DELETE")?.query.get("confirm")).toBe("Green Tea")
})

test("volumes that are not known are not left out without a word", async () => {
  soukd(aStore(), {"GET /api/v1/stores/:id/resources": () => new Promise(() => undefined)})
  const {user} = open("?tab=danger")
  await user.click(await screen.findByRole("button", {name: "Delete…"}))
  expect(await screen.findByText("Volumes and other objects are being looked up…")).toBeVisible()
})

test("volumes that cannot be read are told as such", async () => {
  soukd(aStore(), {"GET /api/v1/stores/:id/resources": () => problem(503, "cluster_unreachable", "The cluster does not answer.")})
  const {user} = open("?tab=danger")
  await user.click(await screen.findByRole("button", {name: "Delete…"}))
  expect(await screen.findByText("Volumes and other objects could not be looked up; they go as well.")).toBeVisible()
})

test("of a deleted store the receipt is left, and can be downloaded", async () => {
  soukd(aStore(), {
    "GET /api/v1/stores/:id": () => problem(410, "store_deleted", "It was deleted.", {receipt: `/api/v1/stores/${ID}/receipt`}),
    "GET /api/v1/stores/:id/receipt": () => receipt({completed: "2026-11-21T10:00:20Z"}),
  })
  open()
  expect(await screen.findByRole("button", {name: "Download the receipt"})).toBeEnabled()
  expect(screen.getByText("This store was deleted.")).toBeVisible()
})

test("suspend asks first; a suspended store is resumed", async () => {
  const {asked, handlers} = soukd(aStore())
  handlers["POST /api/v1/stores/:id/actions/:action"] = () => {
    handlers["GET /api/v1/stores/:id"] = () => aStore({phase: "Suspended"})
    return {store: aStore({phase: "Suspended"}), operation: anOperation()}
  }
  const {user} = open("?tab=danger")
  await user.click(await screen.findByRole("button", {name: "Suspend"}))
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", {name: "Suspend"}))
  expect(await screen.findByText(/This store is suspended/)).toBeVisible()
  await user.click((await screen.findAllByRole("button", {name: "Resume"}))[0] ?? document.body)
  await waitFor(() => { expect(asked.filter(({method}) => method === "POST").map(({path}) => path.split("/").at(-1))).toEqual(["suspend", "resume"]) })
})

test("what was answered is another wish the next time; what was not is the same", async () => {
  const answers = [problem(503, "unavailable", "Not now."), {store: aStore({phase: "Suspended"}), operation: anOperation()}]
  const {asked} = soukd(aStore({phase: "Suspended"}), {"POST /api/v1/stores/:id/actions/resume": () => answers.length > 1 ? answers.shift() : answers[0]})
  const {user} = open()
  for (const times of [1, 2, 3]) {
    await user.click(await screen.findByRole("button", {name: "Resume"}))
    await waitFor(() => { expect(asked.filter(({method}) => method === "POST")).toHaveLength(times) })
  }
  const [refused, again, next] = asked.filter(({method}) => method === "POST").map(({headers}) => headers.get("Idempotency-Key"))
  expect(again).toBe(refused)
  expect(next).not.toBe(again)
})

test("an object of the tree shows itself and its events", async () => {
  soukd(aStore(), {"GET /api/v1/stores/:id/resources/:kind/:name": ({params}) => ({object: {kind: params.kind, metadata: {name: params.name}}, events: [{type: "Warning", reason: "BackOff", message: "Back-off restarting", count: 4, first: "2026-11-21T09:30:00Z", last: "2026-11-21T09:31:00Z"}]})})
  const {user, history} = open("?tab=resources")
  await user.click(await screen.findByRole("button", {name: /green-tea-db-0.*Degraded/}))
  const dialog = await screen.findByRole("dialog")
  expect(await within(dialog).findByText("Back-off restarting")).toBeVisible()
  expect(within(dialog).getByText(/name: green-tea-db-0/)).toBeVisible()
  expect(decodeURIComponent(history.location.search)).toContain("Pod/green-tea-db-0")
})

test("hostile names stay text", async () => {
  const name = "<img src=x onerror=alert(1)>\u202Eevil"
  soukd(aStore({name}))
  open()
  expect(await screen.findByRole("heading", {level: 1, name})).toBeVisible()
  expect(document.querySelector("h1 img")).toBeNull()
  expect(document.querySelector("h1 bdi")).not.toBeNull()
})

test("what was read stays on the page when soukd does not answer", async () => {
  const {handlers} = soukd(aStore())
  const {queries} = open()
  await screen.findByRole("heading", {level: 1, name: "Green Tea"})
  handlers["GET /api/v1/stores/:id"] = () => problem(500, "internal", "Something broke.")
  await queries.invalidateQueries()
  expect(await screen.findByText(/What you see may be old/)).toBeVisible()
  expect(screen.getByRole("heading", {level: 1, name: "Green Tea"})).toBeVisible()
})
