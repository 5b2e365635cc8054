import type {ChartSeries} from "@/components/time-chart"
import type {Stats} from "@/lib/stats/stats"

const TONES = ["accent", "busy", "warn", "good", "bad", "still"] as const

/** The history as a chart of points wants it: rising times, and a series for each engine with nothing where another one was made. */
export function creationSeries(history: Stats["history"], titleOf: (engine: string) => string): {times: Date[]; series: ChartSeries[]} {
  const ordered = history.toSorted((a, b) => a.ready_at.getTime() - b.ready_at.getTime())
  const engines = [...new Set(ordered.map(({engine}) => engine))].toSorted()
  return {
    times: ordered.map(({ready_at}) => ready_at),
    series: engines.map((engine, index) => ({
      label: titleOf(engine),
      values: ordered.map((one) => (one.engine === engine ? one.seconds : null)),
      tone: TONES[index % TONES.length] ?? "accent",
      dots: true,
    })),
  }
}
