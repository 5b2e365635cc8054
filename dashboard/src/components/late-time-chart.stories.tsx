import {part} from "@/lib/part"
import {Opens} from "@/stories/opens"
import {see} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {LateTimeChart} from "./late-time-chart"

const chart = {summary: "CPU over a day", times: [new Date(Date.UTC(2026, 10, 21)), new Date(Date.UTC(2026, 10, 22))], series: [{label: "CPU", tone: "accent", values: [1, 2]}], format: String} as const
const never = part(() => Promise.reject(new TypeError("Failed to fetch")))

export default {
  title: "LateTimeChart",
  states: {
    "come": () => <LateTimeChart {...chart} />,
    "not come": () => <Opens show={() => <LateTimeChart {...chart} from={never} />} steps={[see("[role=alert]")]} />,
  },
} satisfies Stories
