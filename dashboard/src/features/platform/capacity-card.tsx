import {Card} from "@/components/card"
import {Meter} from "@/components/meter"
import {bytes, count} from "@/lib/format"
import type {Stats} from "@/lib/stats/stats"
import {messages} from "@/messages"

const text = messages.platform

const cores = (millicores: number): string => text.cores(count(Math.round(millicores / 10) / 100))

/** What plans promise to all stores, and how much of it is in use. */
export function CapacityCard({capacity}: Pick<Stats, "capacity">) {
  return (
    <Card title={text.capacity}>
      <div className="grid gap-4">
        <Used label={text.cpu} used={capacity.used_cpu_millicores} promised={capacity.requests_cpu_millicores} format={cores} />
        <Used label={text.memory} used={capacity.used_memory_bytes} promised={capacity.requests_memory_bytes} format={bytes} />
        <dl className="grid gap-2">
          <div className="flex items-baseline justify-between gap-4"><dt>{text.storage}</dt><dd className="text-ink-soft tabular-nums">{text.promised(bytes(capacity.storage_bytes))}</dd></div>
          <div className="flex items-baseline justify-between gap-4"><dt>{text.pods}</dt><dd className="text-ink-soft tabular-nums">{capacity.pods === null ? text.notSampled : count(capacity.pods)}</dd></div>
        </dl>
        <p className="text-[13px] text-ink-soft">{text.capacityHint}</p>
      </div>
    </Card>
  )
}

/** Nothing is known to be used before the first samples have come. */
function Used({label, used, promised, format}: {label: string; used: number | null; promised: number; format: (value: number) => string}) {
  if (used !== null) return <Meter label={label} value={used} max={promised} text={text.usedOf(format(used), format(promised))} />
  return <p className="flex items-baseline justify-between gap-4"><span className="text-ink-soft">{label}</span><span className="tabular-nums">{text.promised(format(promised))}</span></p>
}
