import type {Wire} from "@/lib/api/answer"

/** Answers of soukd to begin with; a test says what is different. */
export const aStore = (change: Partial<Wire<"Store">> = {}): Wire<"Store"> => ({
  id: "str_01arz3ndektsv4rrffq69g5fav", name: "Green Tea", slug: "green-tea", team: "default", cluster: "default", engine: "medusa", engine_version: "2.21.2-1",
  plan: "starter", hosts: ["green-tea.localhost"], namespace: "souk-green-tea", phase: "Ready", conditions: [], progress: {percent: 100, step: null, steps: []},
  urls: {storefront: "http://green-tea.localhost:8080/", admin: "http://green-tea.localhost:8080/app", api: null}, failure: null, operation: null,
  generation: 1, version: 10, created: "2026-11-21T09:30:00.123Z", updated: "2026-11-21T09:31:00.123Z", ready_at: "2026-11-21T09:31:00.123Z", deleted_at: null, ...change,
})

export const aStep = (name: string, state = "pending", change: Partial<Wire<"StepRecord">> = {}): Wire<"StepRecord"> => ({name, state, started: null, ended: null, message: "", ...change})

export const anEvent = (change: Partial<Wire<"Event">> = {}): Wire<"Event"> => ({
  number: 18, store_seq: 4, store_id: "str_01arz3ndektsv4rrffq69g5fav", store_name: "Green Tea", type: "store.phase", phase: "Ready", step: null, condition: null, state: null, reason: null,
  message: "An order can be placed", percent: 100, store_version: 11, operation: null, time: "2026-11-21T09:31:00.123Z", ...change,
})

export const anOperation = (change: Partial<Wire<"Operation">> = {}): Wire<"Operation"> => ({
  id: "op_01arz3ndektsv4rrffq69g5fav", kind: "store.create", store_id: "str_01arz3ndektsv4rrffq69g5fav", store_name: "Green Tea", resource: "/api/v1/stores/str_01arz3ndektsv4rrffq69g5fav",
  state: "running", done: false, progress: {percent: 20, step: "release", steps: []}, error: null, requested_by: "admin",
  created: "2026-11-21T09:30:00.123Z", updated: "2026-11-21T09:30:10.123Z", ended: null, ...change,
})

export const anEngine = (change: Partial<Wire<"Engine">> = {}): Wire<"Engine"> => ({
  name: "medusa", title: "Medusa", description: "Headless commerce with its own small storefront, admin and API; PostgreSQL and Valkey inside.", version: "2.21.2-1",
  upgrades_from: [], plans: ["starter", "standard", "large"],
  components: [
    {name: "postgres", role: "data", requests: {starter: {cpu: "100m", memory: "128Mi"}, large: {cpu: "1", memory: "1Gi"}}},
    {name: "server", role: "service", requests: {starter: {cpu: "150m", memory: "384Mi"}, large: {cpu: "2", memory: "2Gi"}}},
    {name: "setup", role: "setup", requests: {starter: {cpu: "100m", memory: "320Mi"}, large: {cpu: "100m", memory: "320Mi"}}},
  ],
  urls: {storefront: "/", admin: "/app"}, hints: {},
  checks: [{name: "storefront", title: "The storefront shows a product", always: true}], provisioning_deadline_seconds: 900, ...change,
})

export const aPlan = (change: Partial<Wire<"Plan">> = {}): Wire<"Plan"> => ({
  name: "starter", title: "Starter", requests_cpu: "1", requests_memory: "2Gi", limits_cpu: "3", limits_memory: "4Gi", pods: 15, volume_claims: 4, storage: "10Gi", services: 10,
  container_max_cpu: "2", container_max_memory: "2Gi", ephemeral_storage: "4Gi", ...change,
})

export const someStats = (change: Partial<Wire<"Stats">> = {}): Wire<"Stats"> => ({
  phases: {}, engines: [], creations: [], history: [], failures: [],
  queue: {ready: 0, running: 0, snoozed: 0, stalled: 0, oldest_ready_seconds: 0}, workers: {total: 4, busy: 0},
  capacity: {requests_cpu_millicores: 0, requests_memory_bytes: 0, storage_bytes: 0, used_cpu_millicores: 0, used_memory_bytes: 0, pods: 0}, ...change,
})
