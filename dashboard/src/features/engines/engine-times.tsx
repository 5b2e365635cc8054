import {duration, count} from "@/lib/format"
import type {Stats} from "@/lib/stats/stats"
import {messages, stepWord} from "@/messages"

const text = messages.engines
const seconds = (value: number): string => duration(value * 1000)

/** How long a creation takes on this platform, and which steps take it. */
export function EngineTimes({creation}: {creation: Stats["creations"][number]}) {
  const steps = creation.steps.filter(({median_seconds: median}) => median >= 0.1)
  const longest = Math.max(...steps.map(({median_seconds: median}) => median), 0.1)
  return (
    <div className="grid gap-4">
      <div className="grid gap-1">
        <p className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
          <span><span className="text-2xl font-semibold tracking-tight tabular-nums">{seconds(creation.median_seconds)}</span> <span className="text-ink-soft">{text.usual}</span></span>
          <span className="text-ink-soft">{text.slow} <span className="font-medium text-ink tabular-nums">{seconds(creation.p95_seconds)}</span></span>
        </p>
        <p className="text-xs text-ink-soft">{creation.count === 1 ? text.measuredOne : text.measured(count(creation.count))}</p>
      </div>
      {steps.length > 0 && (
        <div className="grid gap-2">
          <h4 className="text-xs font-medium text-ink-soft">{text.steps}</h4>
          <dl className="grid gap-1.5">
            {steps.map(({step, median_seconds: median}) => (
              <div key={step} className="grid grid-cols-[8rem_minmax(0,1fr)_4.5rem] items-center gap-3 text-[13px]">
                <dt className="truncate text-ink-soft">{stepWord(step)}</dt>
                <dd aria-hidden className="h-1.5 overflow-hidden rounded-full bg-raised"><span className="block h-full origin-left rounded-full bg-accent" style={{transform: `scaleX(${median / longest})`}} /></dd>
                <dd className="text-right tabular-nums">{seconds(median)}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </div>
  )
}
