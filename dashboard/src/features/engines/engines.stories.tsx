import {engine} from "@/lib/engines/engines"
import {plan} from "@/lib/plans/plans"
import {stats} from "@/lib/stats/stats"
import type {Stories} from "@/stories/story"
import {anEngine, aPlan, someStats} from "@/testing/samples"

import {EngineCard} from "./engine-card"
import {PlansCard} from "./plans-card"

const plans = [plan.parse(aPlan()), plan.parse(aPlan({name: "large", title: "Large", requests_cpu: "4", limits_cpu: "8", requests_memory: "8Gi", limits_memory: "16Gi", storage: "100Gi", pods: 40}))]
const STEPS = {release: 4, data: 9, setup: 22, workloads: 14, checks: 6}
const used = stats.parse(someStats({
  engines: [{engine: "medusa", stores: 30, phases: {Ready: 27, Provisioning: 2, Failed: 1}}],
  creations: [{engine: "medusa", count: 40, median_seconds: 72, p95_seconds: 131, steps: Object.entries(STEPS).map(([step, seconds]) => ({step, median_seconds: seconds}))}],
}))

export default {
  title: "EngineCard",
  states: {
    used: () => <EngineCard engine={engine.parse(anEngine({hints: {color: "#7c53ff"}, upgrades_from: ["2.20.0-1"]}))} plans={plans} stats={used} />,
    "never used": () => <EngineCard engine={engine.parse(anEngine())} plans={plans} stats={stats.parse(someStats())} />,
    "figures not known": () => <EngineCard engine={engine.parse(anEngine())} plans={[]} stats={null} />,
    plans: () => <PlansCard plans={plans} />,
  },
} satisfies Stories
