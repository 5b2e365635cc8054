import {useMemo, type ReactNode} from "react"

import {Card} from "@/components/card"
import {LateTimeChart} from "@/components/late-time-chart"
import {Table} from "@/components/table"
import {count, duration} from "@/lib/format"
import type {Stats} from "@/lib/stats/stats"
import {messages} from "@/messages"

import {creationSeries} from "./creation-series"

const text = messages.platform
const CHART_HEIGHT = 220
const seconds = (value: number): string => duration(value * 1000)

interface CreationsCardProps extends Pick<Stats, "creations" | "history"> {
  titleOf: (engine: string) => string
  /** The choice of days. */
  range: ReactNode
}

/** How long creations took: each of them as a point, and by engine in figures. */
export function CreationsCard({creations, history, titleOf, range}: CreationsCardProps) {
  const made = creations.filter((one) => one.count > 0)
  const {times, series} = useMemo(() => creationSeries(history, titleOf), [history, titleOf])
  const summary = text.chart(count(history.length), series.map(({label}) => label).join(", "))
  return (
    <Card title={text.creations} actions={range}>
      {made.length === 0 ? <p className="text-ink-soft">{text.noCreations}</p> : (
        <div className="grid gap-4">
          <p className="-mt-3 text-[13px] text-ink-soft">{text.creationsHint}</p>
          {/* As high as the chart will be: nothing jumps when it comes. */}
          <div style={{minHeight: CHART_HEIGHT + 28}}>
            <LateTimeChart summary={summary} times={times} series={series} format={seconds} height={CHART_HEIGHT} />
          </div>
          <Table
            label={text.creations}
            className="-mx-4 -mb-2 rounded-none border-0"
            rows={made}
            rowKey={({engine}) => engine}
            columns={[
              {key: "engine", title: text.creationColumns.engine, cell: ({engine}) => <span className="font-medium">{titleOf(engine)}</span>},
              {key: "count", title: text.creationColumns.count, cell: (one) => count(one.count), className: "text-right tabular-nums"},
              {key: "median", title: text.creationColumns.median, cell: (one) => seconds(one.median_seconds), className: "text-right tabular-nums"},
              {key: "p95", title: text.creationColumns.p95, cell: (one) => seconds(one.p95_seconds), className: "text-right tabular-nums"},
            ]}
          />
        </div>
      )}
    </Card>
  )
}
