import {storeKeys} from "@/lib/stores/store"
import {away, ID} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"

import {usage} from "./read-usage"
import {UsagePanel} from "./usage-panel"

const GIB = 1024 ** 3
const quota = {requests_cpu_millicores: 1000, limits_cpu_millicores: 3000, requests_memory_bytes: 2 * GIB, limits_memory_bytes: 4 * GIB, storage_bytes: 10 * GIB, pods: 15}
const now = {time: "2026-11-21T09:30:00Z", pods: [{pod: "green-tea-web-0", cpu_millicores: 210, memory_bytes: GIB}, {pod: "green-tea-db-0", cpu_millicores: 40, memory_bytes: GIB / 4}], cpu_millicores: 250, memory_bytes: 3.8 * GIB, storage_bytes: GIB}
const samples = Array.from({length: 200}, (_, index) => ({time: new Date(Date.UTC(2026, 10, 21) + index * 300_000).toISOString(), cpu_millicores: 200 + 90 * Math.sin(index / 20), memory_bytes: GIB * (2 + Math.cos(index / 30)), storage_bytes: GIB}))
const panel = (found?: unknown) => () => withData(found === undefined ? [] : [[storeKeys.part(ID, "usage", "24h"), found]], <UsagePanel id={ID} prefix="green-tea-" />)

export default {
  title: "UsagePanel",
  states: {
    "now": panel(usage.parse({now, quota, samples: []})),
    "with charts": panel(usage.parse({now, quota, samples})),
    "nothing to measure": panel(usage.parse({now: null, quota, samples: []})),
    "nothing to measure any more": panel(usage.parse({now: null, quota, samples})),
    "not read": panel(away),
    "on its way": panel(),
  },
} satisfies Stories
