import {stats} from "@/lib/stats/stats"
import type {Stories} from "@/stories/story"
import {someStats} from "@/testing/samples"

import {CapacityCard} from "./capacity-card"
import {CreationsCard} from "./creations-card"
import {FailuresCard} from "./failures-card"
import {HealthCards} from "./health-cards"
import {PhasesCard} from "./phases-card"
import {WorkCard} from "./work-card"

const well = {status: "ok", latency_ms: 1.3, message: ""}
const away = (message: string) => ({status: "failed", latency_ms: null, message})
const queue = {jobs: {}, oldest_ready_seconds: 0}
const HOUR_MS = 3_600_000
const NEWEST = Date.UTC(2026, 10, 21)

const none = stats.parse(someStats())
const some = stats.parse(someStats({
  phases: {Ready: 41, Provisioning: 2, Failed: 1, Degraded: 1, Suspended: 3},
  creations: [{engine: "medusa", count: 40, median_seconds: 72, p95_seconds: 131, steps: []}, {engine: "woocommerce", count: 20, median_seconds: 48, p95_seconds: 63, steps: []}],
  history: Array.from({length: 60}, (_, i) => ({store_id: `str_${i}`, engine: i % 3 ? "medusa" : "woocommerce", ready_at: new Date(NEWEST - i * 11 * HOUR_MS).toISOString(), seconds: (i % 3 ? 70 : 48) + 12 * Math.sin(i)})),
  failures: [{engine: "medusa", reason: "ImagePullFailed", count: 3}, {engine: "woocommerce", reason: "Timeout", count: 1}],
  queue: {ready: 2, running: 2, snoozed: 44, stalled: 1, oldest_ready_seconds: 61}, workers: {total: 8, busy: 2},
  capacity: {requests_cpu_millicores: 48_000, requests_memory_bytes: 96 * 1024 ** 3, storage_bytes: 480 * 1024 ** 3, used_cpu_millicores: 6210, used_memory_bytes: 31 * 1024 ** 3, pods: 190},
}))
const titleOf = (name: string) => name

export default {
  title: "Platform",
  states: {
    "all is well": () => <HealthCards health={{status: "ok", version: "0.1.0", checks: {database: well, cluster: well, queue: {...well, ...queue}}}} />,
    "cluster away, queue late": () => <HealthCards health={{status: "degraded", version: "0.1.0", checks: {database: well, cluster: away("connection refused"), queue: {...away("12 jobs are stalled"), ...queue, oldest_ready_seconds: 340}}}} />,
    "stores by phase": () => <PhasesCard phases={some.phases} />,
    "no store": () => <PhasesCard phases={{}} />,
    work: () => <WorkCard workers={some.workers} queue={some.queue} />,
    "nothing to do": () => <WorkCard workers={none.workers} queue={none.queue} />,
    capacity: () => <CapacityCard capacity={some.capacity} />,
    "capacity before the first samples": () => <CapacityCard capacity={{...some.capacity, used_cpu_millicores: null, used_memory_bytes: null, pods: null}} />,
    creations: () => <CreationsCard creations={some.creations} history={some.history} titleOf={titleOf} range={null} />,
    "no creation": () => <CreationsCard creations={[]} history={[]} titleOf={titleOf} range={null} />,
    failures: () => <FailuresCard failures={some.failures} titleOf={titleOf} />,
    "no failure": () => <FailuresCard failures={[]} titleOf={titleOf} />,
  },
} satisfies Stories
