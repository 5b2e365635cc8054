import {useNavigate, useSearch} from "@tanstack/react-router"
import {CircleCheck, CircleX, TriangleAlert, type LucideIcon} from "lucide-react"
import {useCallback} from "react"

import {Badge} from "@/components/badge"
import {Notice, ProblemNotice} from "@/components/notice"
import {Page} from "@/components/page"
import {Select} from "@/components/select"
import {CardsSkeleton} from "@/components/skeleton"
import {useEngines} from "@/lib/engines/engines"
import {useStats} from "@/lib/stats/stats"
import type {Tone} from "@/lib/tone"
import {messages} from "@/messages"

import {CapacityCard} from "./capacity-card"
import {CreationsCard} from "./creations-card"
import {FailuresCard} from "./failures-card"
import {HealthCards} from "./health-cards"
import {PhasesCard} from "./phases-card"
import {DAYS, LONGEST} from "./platform-filter"
import {useHealth, type Health} from "./read-health"
import {WorkCard} from "./work-card"

const text = messages.platform
const RANGES = DAYS.map((days) => ({value: String(days), label: text.lastDays[days] ?? String(days)}))
/** Work and capacity change without an event of a store. */
const STATS_MS = 10_000

/** What soukd stands on, what it has to do, and how well it has done it. */
export function PlatformPage() {
  const {days = LONGEST} = useSearch({from: "/platform"})
  const navigate = useNavigate({from: "/platform"})
  const health = useHealth()
  const stats = useStats(days, STATS_MS)
  const engines = useEngines()
  const list = engines.data
  const titleOf = useCallback((name: string) => list?.find((engine) => engine.name === name)?.title ?? name, [list])
  const range = (
    <Select
      label={text.days}
      hideLabel
      value={String(days)}
      options={RANGES}
      onChange={(chosen) => { void navigate({search: {days: DAYS.find((one) => String(one) === chosen && one !== LONGEST)}, replace: true}) }}
    />
  )
  return (
    <Page title={text.title} actions={health.data && <Overall health={health.data} />}>
      {health.error && <ProblemNotice error={health.error} onRetry={() => { void health.refetch() }} />}
      {health.data ? <HealthCards health={health.data} /> : health.isPending && <CardsSkeleton lines={[1, 1, 1]} className="md:grid-cols-3" />}
      {stats.error && (stats.data
        ? <Notice tone="warn" title={text.stale} />
        : <ProblemNotice error={stats.error} onRetry={() => { void stats.refetch() }} />)}
      {stats.isPending && <CardsSkeleton lines={[3, 3, 3, 3]} className="md:grid-cols-2" />}
      {stats.data && (
        <>
          <PhasesCard phases={stats.data.phases} />
          <div className="grid gap-4 md:grid-cols-2">
            <WorkCard workers={stats.data.workers} queue={stats.data.queue} />
            <CapacityCard capacity={stats.data.capacity} />
          </div>
          <CreationsCard creations={stats.data.creations} history={stats.data.history} titleOf={titleOf} range={range} />
          <FailuresCard failures={stats.data.failures} titleOf={titleOf} />
        </>
      )}
    </Page>
  )
}

const OVERALL: Record<string, {tone: Tone; icon: LucideIcon}> = {
  ok: {tone: "good", icon: CircleCheck},
  down: {tone: "bad", icon: CircleX},
}

function Overall({health}: {health: Health}) {
  const {tone, icon} = OVERALL[health.status] ?? {tone: "warn", icon: TriangleAlert}
  return (
    <div className="flex flex-wrap items-center gap-3">
      <span className="font-mono text-xs text-ink-soft">{text.version(health.version)}</span>
      <Badge tone={tone} icon={icon}>{text.healths[health.status] ?? health.status}</Badge>
    </div>
  )
}
