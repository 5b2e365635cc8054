import {CircleCheck, CircleX, Database, ListTodo, Ship, type LucideIcon} from "lucide-react"

import {Badge} from "@/components/badge"
import {cn} from "@/lib/cn"
import {count, duration} from "@/lib/format"
import {messages} from "@/messages"

import type {Check, Health} from "./read-health"

const text = messages.platform

const latency = ({latency_ms: milliseconds}: Check): string => milliseconds === null
  ? text.noLatency
  : text.latency(text.milliseconds(count(milliseconds < 10 ? Math.round(milliseconds * 10) / 10 : Math.round(milliseconds))))

/** The three things soukd stands on, each with its latency and, when it is not well, with what that means. */
export function HealthCards({health}: {health: Health}) {
  const {database, cluster, queue} = health.checks
  const waits = queue.oldest_ready_seconds > 0 ? text.oldest(duration(queue.oldest_ready_seconds * 1000)) : text.nothingWaits
  return (
    <ul role="list" className="grid gap-4 md:grid-cols-3">
      <HealthCard icon={Database} name={text.checks.database} check={database} fact={latency(database)} advice={text.advice.database} />
      <HealthCard icon={Ship} name={text.checks.cluster} check={cluster} fact={latency(cluster)} advice={text.advice.cluster} />
      <HealthCard icon={ListTodo} name={text.checks.queue} check={queue} fact={`${latency(queue)}, ${waits}`} advice={text.advice.queue} />
    </ul>
  )
}

interface HealthCardProps {
  icon: LucideIcon
  name: string
  check: Check
  fact: string
  advice: string
}

function HealthCard({icon: Icon, name, check, fact, advice}: HealthCardProps) {
  const well = check.status === "ok"
  return (
    <li className={cn("grid content-start gap-1.5 rounded-2xl border border-line bg-surface p-5", !well && "border-bad")}>
      <div className="flex items-center gap-2.5">
        <Icon aria-hidden className="size-4 text-ink-soft" />
        <h2 className="font-semibold">{name}</h2>
        <Badge tone={well ? "good" : "bad"} icon={well ? CircleCheck : CircleX} className="ml-auto">{text.checkStates[check.status] ?? check.status}</Badge>
      </div>
      <p className="text-ink-soft tabular-nums">{fact}</p>
      {!well && check.message && <p className="break-words text-bad">{check.message}</p>}
      {!well && <p>{advice}</p>}
    </li>
  )
}
