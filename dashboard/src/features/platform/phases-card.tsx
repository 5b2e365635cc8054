import {Link} from "@tanstack/react-router"

import {Card} from "@/components/card"
import {PhaseBadge} from "@/components/phase-badge"
import {count} from "@/lib/format"
import {PHASES} from "@/lib/phase"
import type {Stats} from "@/lib/stats/stats"
import {messages} from "@/messages"

const text = messages.platform

/** How many stores are in each phase; a click shows them. */
export function PhasesCard({phases}: Pick<Stats, "phases">) {
  const shown = [...PHASES, ...Object.keys(phases).filter((phase) => !PHASES.includes(phase))].filter((phase) => phase !== "Deleted" && (phases[phase] ?? 0) > 0)
  const total = shown.reduce((sum, phase) => sum + (phases[phase] ?? 0), 0)
  return (
    <Card title={text.stores} actions={<span className="text-ink-soft tabular-nums">{text.storesTotal(count(total))}</span>}>
      {total === 0 ? <p className="text-ink-soft">{text.noStores}</p> : (
        <ul role="list" className="flex flex-wrap gap-2">
          {shown.map((phase) => (
            <li key={phase}>
              <Link to="/stores" search={{phase: [phase]}} className="flex items-center gap-2 rounded-full border border-line py-1 pr-3 pl-1 hover:bg-raised">
                <PhaseBadge phase={phase} /><span className="font-medium tabular-nums">{count(phases[phase] ?? 0)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
