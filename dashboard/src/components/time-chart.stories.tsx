import {bytes, cores} from "@/lib/format"
import type {Stories} from "@/stories/story"

import {TimeChart} from "./time-chart"

const start = Date.parse("2026-11-21T00:00:00Z")
const times = Array.from({length: 288}, (_, index) => new Date(start + index * 300_000))
const wave = times.map((_, index) => 150 + 80 * Math.sin(index / 40))

export default {
  title: "TimeChart",
  states: {
    "measures": () => <TimeChart summary="CPU over a day" times={times} series={[{label: "CPU", tone: "accent", values: wave}]} format={cores} />,
    "bytes, with a gap and a limit": () => <TimeChart summary="Memory" times={times} binary format={bytes} series={[{label: "Memory", tone: "busy", values: wave.map((v, index) => (index > 100 && index < 130 ? null : v * 2 ** 22))}, {label: "Limit", tone: "warn", limit: true, values: times.map(() => 2 ** 30)}]} />,
    "points": () => <TimeChart summary="Creations" times={times.slice(0, 40)} format={String} series={[{label: "Seconds", tone: "accent", dots: true, values: wave.slice(0, 40).map(Math.round)}]} />,
  },
} satisfies Stories
