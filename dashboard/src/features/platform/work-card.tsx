import {Link} from "@tanstack/react-router"

import {Card} from "@/components/card"
import {Meter} from "@/components/meter"
import {cn} from "@/lib/cn"
import {count, duration} from "@/lib/format"
import type {Stats} from "@/lib/stats/stats"
import {messages} from "@/messages"

const text = messages.platform
const STATES = ["ready", "running", "snoozed", "stalled"] as const

/** Who works, and what waits. */
export function WorkCard({workers, queue}: Pick<Stats, "workers" | "queue">) {
  return (
    <Card title={text.work}>
      <Meter label={text.workers} value={workers.busy} max={workers.total} text={text.of(count(workers.busy), count(workers.total))} />
      <dl className="mt-5 grid gap-2">
        {STATES.map((state) => (
          <div key={state} className="flex items-baseline justify-between gap-4">
            <dt className="text-ink-soft">{text.jobs[state]}</dt>
            <dd className={cn("tabular-nums", state === "stalled" && queue.stalled > 0 && "font-medium text-bad")}>
              {count(queue[state])}
              {state === "ready" && queue.ready > 0 && <span className="text-ink-soft"> · {text.oldest(duration(queue.oldest_ready_seconds * 1000))}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {queue.stalled > 0 && <p className="mt-3 text-[13px] text-ink-soft">{text.stalledHint} <Link to="/stores" className="font-medium text-accent underline underline-offset-2">{text.stores}</Link></p>}
    </Card>
  )
}
