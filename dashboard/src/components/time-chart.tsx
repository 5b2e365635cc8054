import {useEffect, useRef, useState} from "react"
import UPlot from "uplot"

import {cn} from "@/lib/cn"
import {exact, shortTime} from "@/lib/format"
import {useDark} from "@/lib/preferences"

export interface ChartSeries {
  label: string
  /** One for each time; null is a gap. */
  values: readonly (number | null)[]
  tone: "accent" | "busy" | "warn" | "bad" | "good" | "still"
  /** A limit, not a measure: a dashed line without a fill. */
  limit?: boolean
  /** Points without a line between them. */
  dots?: boolean
}

export interface TimeChartProps {
  /** What it shows, in a sentence: the chart of those who do not see it. */
  summary: string
  times: readonly Date[]
  series: readonly ChartSeries[]
  format: (value: number) => string
  /** Values are bytes: the axis counts in powers of two. */
  binary?: boolean
  height?: number
}

const POWERS = Array.from({length: 50}, (_, power) => 2 ** power)
const DAY_S = 86_400

const INKS = {accent: "text-accent", busy: "text-busy", warn: "text-warn", bad: "text-bad", good: "text-good", still: "text-ink-soft"} as const

/** Values over time. Its legend tells those under the pointer, or else the newest. */
export function TimeChart({summary, times, series, format, binary = false, height = 160}: TimeChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  const legend = useRef<HTMLUListElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const dark = useDark()

  useEffect(() => {
    const place = frame.current
    const swatches = legend.current?.querySelectorAll("[data-swatch]")
    if (!place || !swatches) return undefined
    const ink = (element: Element) => getComputedStyle(element).color
    const colours = [...swatches].map(ink)
    const soft = ink(place)
    const line = getComputedStyle(place).borderTopColor
    const axis = {stroke: soft, font: "11px system-ui", grid: {stroke: line, width: 1}, ticks: {show: false}}
    const chart = new UPlot({
      width: place.clientWidth,
      height,
      legend: {show: false},
      cursor: {y: false, drag: {x: false, y: false}, points: {size: 6}},
      scales: {y: {range: (_, __, max) => [0, (max || 1) * 1.1]}},
      axes: [
        {...axis, space: 80, size: 28, values: (plot, ticks) => ticks.map((tick) => shortTime(new Date(tick * 1000), ((plot.scales.x?.max ?? 0) - (plot.scales.x?.min ?? 0)) > 2 * DAY_S))},
        {...axis, size: 66, space: 34, values: (_, ticks) => ticks.map(format), ...(binary ? {incrs: POWERS} : {})},
      ],
      series: [{}, ...series.map(({limit, dots}, index) => {
        const colour = colours[index] ?? soft
        return {
          stroke: colour,
          width: dots ? 0 : 1.5,
          ...(limit ? {dash: [5, 5]} : dots ? {} : {fill: `color-mix(in oklab, ${colour} 14%, transparent)`}),
          points: {show: dots ?? false, size: 5, fill: colour},
          ...(dots ? {paths: () => null} : {}),
        }
      })],
      hooks: {setCursor: [({cursor}) => { setAt(cursor.idx ?? null) }]},
    }, [times.map((time) => time.getTime() / 1000), ...series.map(({values}) => [...values])] as UPlot.AlignedData, place)
    const resize = new ResizeObserver(() => { chart.setSize({width: place.clientWidth, height}) })
    resize.observe(place)
    return () => {
      resize.disconnect()
      chart.destroy()
    }
  }, [times, series, format, binary, height, dark])

  const shown = at ?? times.length - 1
  const time = times[shown]
  return (
    <figure className="grid min-w-0 gap-2">
      <figcaption className="sr-only">{summary}</figcaption>
      <ul ref={legend} aria-hidden className="flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-soft">
        {series.map(({label, values, tone, limit}) => {
          const value = values[shown]
          return (
            <li key={label} className="flex items-center gap-1.5">
              <span data-swatch className={cn("w-3 border-t-2 border-current", INKS[tone], limit && "border-dashed")} />
              {label}<span className="font-medium text-ink tabular-nums">{value === null || value === undefined ? "–" : format(value)}</span>
            </li>
          )
        })}
        {time && at !== null && <li className="ml-auto tabular-nums">{exact(time)}</li>}
      </ul>
      <div ref={frame} aria-hidden className="min-w-0 overflow-hidden border-line text-ink-soft" style={{height}} />
    </figure>
  )
}
