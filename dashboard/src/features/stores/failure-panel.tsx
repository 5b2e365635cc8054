import {RotateCcw} from "lucide-react"
import {useMemo} from "react"

import {Button} from "@/components/button"
import {Card} from "@/components/card"
import {ProblemNotice} from "@/components/notice"
import {Bone, Loading} from "@/components/skeleton"
import {cn} from "@/lib/cn"
import {toLines, type LogLine} from "@/lib/log-lines"
import type {Store} from "@/lib/stores/store"
import {messages, stepWord} from "@/messages"

import {useStoreAction} from "./act-on-store"
import {useLogs, type Logs} from "./read-logs"
import {useStoreView} from "./store-view"

const text = messages.stores.overview
const SHOWN = 12
const TELLING = /error|fail|fatal|denied|refused|not found|cannot|unable|invalid|exceed|panic|exception|exit code|back-?off|unhealthy/i

/** The lines that tell most: around the last one that sounds like a failure, of the part whose step failed if there is one. If none does, the end. */
export function proof(all: Logs["logs"], step: string | null): readonly LogLine[] {
  const logs = all.filter(({text: lines}) => lines.trim() !== "")
  const own = logs.filter(({pod}) => step !== null && pod.includes(step))
  const written = (own.length > 0 ? own : logs).filter(({container}) => container !== "events")
  const programs = written.filter(({text: lines}) => TELLING.test(lines))
  const events = logs.filter(({container, text: lines}) => container === "events" && TELLING.test(lines))
  const lines = toLines(programs.length > 0 ? programs.slice(0, 1) : events)
  const last = lines.findLastIndex((line) => TELLING.test(line.text))
  if (last < 0) return toLines(written.length > 0 ? written.slice(-1) : logs).slice(-SHOWN)
  const end = Math.min(lines.length, last + 3)
  return lines.slice(Math.max(0, end - SHOWN), end)
}

/** A failed store in one look: why, what proves it, what to do. */
export function FailurePanel({store}: {store: Store}) {
  const [, change] = useStoreView()
  const logs = useLogs(store.id, {tail: 200})
  const retry = useStoreAction()
  const step = store.progress.step
  const lines = useMemo(() => proof(logs.data?.logs ?? [], step), [logs.data, step])
  const telling = lines.length === 0 || lines.some((line) => TELLING.test(line.text))
  if (!store.failure) return null
  const {reason, message} = store.failure
  const remedies = messages.stores.remedies
  return (
    <Card className="border-bad/40">
      <div className="grid gap-5">
        <section className="grid gap-1">
          <h2 className="text-[13px] font-medium text-bad">{text.why}</h2>
          <p className="text-base font-medium break-words"><bdi>{message}</bdi></p>
          <p className="text-[13px] text-ink-soft">{reason}{step !== null && <> · {stepWord(step)}</>}</p>
        </section>
        <section className="grid min-w-0 gap-2">
          <h3 className="text-[13px] font-medium text-ink-soft">{telling ? text.proof : text.newest}</h3>
          {logs.isFetching && !logs.data && <Loading className="gap-2 py-1"><Bone className="w-3/4" /><Bone className="w-1/2" /></Loading>}
          {logs.error && !logs.data && !logs.isFetching && <ProblemNotice error={logs.error} onRetry={() => { void logs.refetch() }} />}
          {logs.data && lines.length === 0 && <p className="text-ink-soft">{text.noProof}</p>}
          {lines.length > 0 && (
            <div className="overflow-x-auto rounded-lg border border-line bg-raised px-3 py-2 font-mono text-xs/5">
              {lines.map((line) => <p key={line.id} className={cn("whitespace-pre-wrap break-words text-ink-soft", TELLING.test(line.text) && "text-ink")}><bdi>{line.text}</bdi></p>)}
            </div>
          )}
        </section>
        <section className="grid gap-1">
          <h3 className="text-[13px] font-medium text-ink-soft">{text.todo}</h3>
          <p>{remedies[reason] ?? (store.ready_at ? remedies.otherReady : remedies.other)}</p>
        </section>
        {retry.error && <ProblemNotice error={retry.error} />}
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" busy={retry.isPending} onClick={() => { retry.mutate({id: store.id, action: "retry"}) }}><RotateCcw aria-hidden />{text.retry}</Button>
          <Button onClick={() => { change({tab: "logs"}) }}>{text.allLogs}</Button>
        </div>
      </div>
    </Card>
  )
}
