import {useChosenInView} from "@/lib/chosen-in-view"
import {cn} from "@/lib/cn"
import {count} from "@/lib/format"
import {isGone, lookOf, PHASES} from "@/lib/phase"
import {messages, phaseWord} from "@/messages"

const INKS = {good: "text-good", busy: "text-busy", warn: "text-warn", bad: "text-bad", still: "text-ink-soft"} as const

export interface PhaseTotalsProps {
  /** Number of stores by phase; null while it is not known. */
  totals: Readonly<Record<string, number>> | null
  chosen: readonly string[]
  onChoose: (phases: string[]) => void
}

/**
 * How many stores are in which phase. A click shows only those; a phase without any is left out. Deleted ones count among no stores, and
 * the way to their receipts is always there.
 */
export function PhaseTotals({totals, chosen, onChoose}: PhaseTotalsProps) {
  const known = totals ?? {}
  const shown = [...PHASES, ...Object.keys(known).filter((phase) => !PHASES.includes(phase))]
    .filter((phase) => isGone(phase) || (known[phase] ?? 0) > 0 || chosen.includes(phase))
  const sum = Object.values(known).reduce((all, n) => all + n, 0)
  // Before the totals come the row is shorter.
  const row = useChosenInView<HTMLDivElement>("[aria-pressed=true]", [totals !== null, ...chosen].join())
  const pill = "flex h-8 shrink-0 items-center gap-1.5 rounded-full border border-line bg-surface px-3 text-[13px] hover:border-line-strong aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium"
  return (
    <div ref={row} role="group" aria-label={messages.stores.columns.phase} className="-m-1 flex gap-1.5 overflow-x-auto p-1 md:flex-wrap">
      <button type="button" aria-pressed={chosen.length === 0} onClick={() => { onChoose([]) }} className={pill}>
        {messages.stores.all}{totals && <span className="text-ink-soft tabular-nums">{count(sum)}</span>}
      </button>
      {shown.map((phase) => {
        const {icon: Icon, tone} = lookOf(phase)
        const on = chosen.includes(phase)
        return (
          <button key={phase} type="button" aria-pressed={on} onClick={() => { onChoose(on ? chosen.filter((p) => p !== phase) : [...chosen, phase]) }} className={cn(pill, isGone(phase) && "md:ml-auto")}>
            <Icon aria-hidden className={cn("size-3.5", INKS[tone])} />{phaseWord(phase)}{!isGone(phase) && <span className="text-ink-soft tabular-nums">{count(known[phase] ?? 0)}</span>}
          </button>
        )
      })}
    </div>
  )
}
