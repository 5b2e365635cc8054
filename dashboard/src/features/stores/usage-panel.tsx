import {useMemo} from "react"

import {Card} from "@/components/card"
import {shortSource} from "@/components/log-view"
import {Meter} from "@/components/meter"
import {ProblemNotice} from "@/components/notice"
import {Select} from "@/components/select"
import {CardSkeleton} from "@/components/skeleton"
import {Table, type Column} from "@/components/table"
import {TimeChart, type ChartSeries} from "@/components/time-chart"
import {bytes, cores} from "@/lib/format"
import {messages} from "@/messages"

import {RANGES, useUsage, type Usage} from "./read-usage"
import {useStoreView} from "./store-view"

const text = messages.stores.overview

/** `prefix`: what the names of all pods begin with. */
export function UsagePanel({id, prefix}: {id: string; prefix: string}) {
  const [view, change] = useStoreView()
  const range = view.range ?? "24h"
  const usage = useUsage(id, range)
  if (usage.error && !usage.data) return <Card title={text.usage}><ProblemNotice error={usage.error} onRetry={() => { void usage.refetch() }} /></Card>
  if (!usage.data) return <CardSkeleton lines={5} />
  const {now, quota, samples} = usage.data
  return (
    <Card
      title={text.usage}
      actions={<Select label={text.range} hideLabel value={range} onChange={(next) => { change({range: next === "24h" ? undefined : next}) }} options={RANGES.map((r) => ({value: r, label: text.ranges[r]}))} />}
    >
      <div className="grid gap-6">
        {now
          ? (
              <div className="grid gap-4">
                <p className="sr-only">{text.now}</p>
                <Meter label={text.cpu} value={now.cpu_millicores} max={quota.limits_cpu_millicores} text={text.ofQuota(cores(now.cpu_millicores), cores(quota.limits_cpu_millicores))} />
                <Meter label={text.memory} value={now.memory_bytes} max={quota.limits_memory_bytes} text={text.ofQuota(bytes(now.memory_bytes), bytes(quota.limits_memory_bytes))} />
                <Meter label={text.disk} value={now.storage_bytes} max={quota.storage_bytes} text={text.ofQuota(bytes(now.storage_bytes), bytes(quota.storage_bytes))} />
              </div>
            )
          : <p className="text-ink-soft">{text.unmeasured}</p>}
        {now && now.pods.length > 0 && <Pods pods={now.pods} prefix={prefix} />}
        {samples.length > 1 ? <Charts samples={samples} /> : <p className="text-[13px] text-ink-soft">{text.noSamples}</p>}
      </div>
    </Card>
  )
}

type PodUsage = NonNullable<Usage["now"]>["pods"][number]

const POD_COLUMNS: readonly Column<PodUsage>[] = [
  {key: "cpu", title: text.cpu, cell: (one) => cores(one.cpu_millicores), className: "text-right tabular-nums"},
  {key: "memory", title: text.memory, cell: (one) => bytes(one.memory_bytes), className: "text-right tabular-nums"},
]

/** Who of them it is that uses so much. */
function Pods({pods, prefix}: {pods: readonly PodUsage[]; prefix: string}) {
  return (
    <Table
      label={text.byPod}
      className="-mx-4 rounded-none border-0"
      rows={pods.toSorted((a, b) => b.memory_bytes - a.memory_bytes || b.cpu_millicores - a.cpu_millicores)}
      rowKey={({pod}) => pod}
      columns={[{key: "pod", title: text.pod, cell: ({pod}) => <span className="font-mono text-xs break-all" title={pod}>{shortSource(pod, prefix)}</span>}, ...POD_COLUMNS]}
    />
  )
}

const highest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0)

function Charts({samples}: {samples: Usage["samples"]}) {
  const times = useMemo(() => samples.map(({time}) => time), [samples])
  const cpu = useMemo((): ChartSeries[] => [{label: text.cpu, tone: "accent", values: samples.map(({cpu_millicores}) => cpu_millicores)}], [samples])
  const memory = useMemo((): ChartSeries[] => [{label: text.memory, tone: "busy", values: samples.map(({memory_bytes}) => memory_bytes)}], [samples])
  return (
    <div className="grid gap-6">
      <TimeChart summary={text.chartCpu(cores(highest(samples.map((s) => s.cpu_millicores))))} times={times} series={cpu} format={cores} height={130} />
      <TimeChart summary={text.chartMemory(bytes(highest(samples.map((s) => s.memory_bytes))))} times={times} series={memory} format={bytes} binary height={130} />
    </div>
  )
}
