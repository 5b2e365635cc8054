import type {Wire} from "@/lib/api/answer"
import {Problem} from "@/lib/api/problem"
import {engine} from "@/lib/engines/engines"
import {storeEvent} from "@/lib/events/event"
import {operation} from "@/lib/operations/operation"
import {plan} from "@/lib/plans/plans"
import {stats, statsKey} from "@/lib/stats/stats"
import {store, type Store} from "@/lib/stores/store"
import {anEngine, anEvent, anOperation, aPlan, aStep, aStore, someStats} from "@/testing/samples"

import {refuses} from "./soukd"
import type {Known} from "./with-data"

export const ID = "str_1"
export const none = (): void => undefined

export const HOSTILE = "<script>alert(1)</script> \u202Eevil"
const TIME = "2026-11-21T09:30:00Z"

export const aCondition = (type: string, status: boolean, message = "") => ({type, status, reason: "Reason", message, changed: TIME})
export const one = (change: Parameters<typeof aStore>[0] = {}): Store => store.parse(aStore({id: ID, ...change}))
export const deleting = {phase: "Deleting", progress: {percent: 50, step: "remove-namespace", steps: [aStep("unroute", "done", {started: TIME, ended: TIME}), aStep("uninstall", "done", {started: TIME, ended: "2026-11-21T09:30:04Z"}), aStep("remove-namespace", "running", {started: "2026-11-21T09:30:04Z", message: "The database stops"}), aStep("scan")]}}

/** Stores in every phase, as a list has them. */
export const stores: readonly Store[] = [
  one(),
  one({id: "str_2", name: "Red Tea", phase: "Provisioning", progress: {percent: 40, step: "setup", steps: [aStep("setup", "running")]}}),
  one({id: "str_3", name: HOSTILE, phase: "Failed", failure: {reason: "Timeout", message: "It took too long."}}),
  one({id: "str_4", name: "Cup", phase: "Degraded", conditions: [aCondition("Available", false, "the storefront answers 502")]}),
  one({id: "str_5", name: "Pot", phase: "Requested", conditions: [aCondition("Waiting", true, "2 stores are made before this one")]}),
  one({id: "str_6", name: "Kettle", phase: "Updating", progress: {percent: 60, step: "workloads", steps: [aStep("workloads", "running")]}}),
  one({id: "str_7", name: "Saucer", phase: "Suspended"}),
  one({id: "str_8", name: "Spoon", ...deleting}),
  one({id: "str_9", name: "🛒".repeat(63), phase: "PhaseOfTomorrow"}),
]

export const anAnswer = (change: Parameters<typeof aStore>[0] = {}, more: Parameters<typeof anOperation>[0] = {}) => ({store: aStore({id: ID, ...change}), operation: anOperation({id: "op_1", store_id: ID, ...more})})
export const events = [
  anEvent({number: 5, type: "store.ready"}),
  anEvent({number: 4, type: "store.step", step: "setup", state: "failed", message: "The currency XTS is not known."}),
  anEvent({number: 3, type: "store.condition", condition: "Stalled", state: "true", message: "given up after 20 attempts"}),
  anEvent({number: 2, type: "store.renamed", message: HOSTILE, time: "2026-11-20T09:31:00.123Z"}),
  anEvent({number: 1, type: "store.requested", phase: "Requested", message: "", time: "2026-11-20T09:30:00.123Z"}),
].map((event) => storeEvent.parse(event))
const ended = "2026-11-21T09:31:12.123Z"
export const operations = [
  anOperation({id: "op_1", progress: {percent: 40, step: "setup", steps: [aStep("setup", "running", {message: "Products are made"})]}}),
  anOperation({id: "op_2", kind: "store.retry", state: "failed", done: true, ended, error: {reason: "SetupFailed", message: "The currency XTS is not known."}}),
  anOperation({id: "op_3", kind: "store.restart", state: "succeeded", done: true, ended}),
  anOperation({id: "op_4", kind: "store.create", state: "aborted", done: true, ended, requested_by: HOSTILE}),
].map((row) => operation.parse(row))

export const aReceipt = (completed: string | null): Wire<"Receipt"> => ({
  store_id: ID, store_name: "Green Tea", slug: "green-tea", engine: "medusa", requested_by: "admin", requested: "2026-11-21T10:00:00Z", completed,
  lines: [{kind: "Deployment", name: "green-tea-web", namespace: "souk-green-tea", gone: "2026-11-21T10:00:04Z"}, {kind: "Namespace", name: "souk-green-tea", namespace: "", gone: completed}],
})

export const engines = [engine.parse(anEngine()), engine.parse(anEngine({name: "woocommerce", title: "WooCommerce", description: "WordPress with WooCommerce.", plans: ["large"]}))]
export const plans = [plan.parse(aPlan()), plan.parse(aPlan({name: "large", title: "Large", requests_cpu: "4", limits_cpu: "8", requests_memory: "8Gi", limits_memory: "16Gi", storage: "100Gi", pods: 40}))]
export const figures = stats.parse(someStats({
  phases: {Ready: 9840, Provisioning: 3, Failed: 12, Degraded: 1},
  creations: [{engine: "medusa", count: 5, median_seconds: 62, p95_seconds: 90, steps: [{step: "setup", median_seconds: 40}, {step: "checks", median_seconds: 10}]}],
}))
export const knownPlatform: readonly Known[] = [[["engines"], {engines}], [["plans"], {plans}], [[...statsKey, 30], figures]]

const AWAY = "The cluster does not answer; try again in a moment."
/** What soukd says when it cannot, and how it is told in the page. */
export const away = new Problem(503, "cluster_unreachable", AWAY, {requestId: "01arz3"})
export const refusesForNow = refuses(503, "cluster_unreachable", AWAY)
export const NOT_NOW = "Another operation runs on this store."
export const refusesNow = refuses(409, "operation_running", NOT_NOW)
