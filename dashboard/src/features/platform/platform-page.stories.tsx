import {statsKey} from "@/lib/stats/stats"
import {pageAt} from "@/stories/at"
import {away, figures, knownPlatform} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {withData, type Known} from "@/stories/with-data"

import {PlatformPage} from "./platform-page"
import type {Check, Health} from "./read-health"

const well: Check = {status: "ok", latency_ms: 1.3, message: ""}
const gone = (message: string): Check => ({status: "failed", latency_ms: null, message})
const queue = {jobs: {}, oldest_ready_seconds: 0}
const health = (status: string, {database = well, cluster = well, work = well} = {}): Known => [["health"], {status, version: "0.1.0", checks: {database, cluster, queue: {...work, ...queue}}} satisfies Health]
const page = (...known: readonly Known[]) => () => withData(known, pageAt("/platform", <PlatformPage />))

export default {
  title: "PlatformPage",
  states: {
    "all is well": page(health("ok"), ...knownPlatform),
    "not all is well": page(health("degraded", {cluster: gone("connection refused"), work: gone("12 jobs are stalled")}), ...knownPlatform),
    "the database is down": page(health("down", {database: gone("no answer within 2 s")}), [[...statsKey, 30], away]),
    "health of tomorrow": page(health("resting"), ...knownPlatform),
    "figures of before": page(health("ok"), [[...statsKey, 30], figures, away]),
    "health not read": page([["health"], away], ...knownPlatform),
    "on its way": page(),
  },
} satisfies Stories
