import {useMemo} from "react"

import {CancelButton} from "@/components/cancel-button"
import {Card} from "@/components/card"
import {shortSource} from "@/components/log-view"
import {Notice} from "@/components/notice"
import {ProgressBar} from "@/components/progress-bar"
import {useNow} from "@/lib/clock"
import {roughly, secondsLeft} from "@/lib/estimate"
import {duration} from "@/lib/format"
import {toLines} from "@/lib/log-lines"
import {useOperation} from "@/lib/operations/read-operation"
import {useStats} from "@/lib/stats/stats"
import type {Store} from "@/lib/stores/store"
import {messages} from "@/messages"

import {mustAsk, useFollowedLogs} from "./follow-logs"
import {ASK_MS, useLogs} from "./read-logs"
import {Steps} from "./steps"

const text = messages.stores.steps
/** The steps in which programs of the store write something. */
const WITH_LINES = ["data", "setup", "workloads", "route", "checks"]

/** What is done now: steps, time, estimate, the lines under the running step, and a way to end it. */
export function ProgressPanel({store}: {store: Store}) {
  const {progress} = store
  const making = store.phase === "Requested" || store.phase === "Provisioning"
  const creations = useStats().data?.creations
  const medians = making ? creations?.find(({engine}) => engine === store.engine)?.steps ?? [] : []
  const waiting = store.conditions.find(({type, status}) => type === "Waiting" && status)
  const withLines = store.phase === "Provisioning" && progress.step !== null && WITH_LINES.includes(progress.step)
  return (
    <Card title={text.title} actions={making && <Cancel store={store} />}>
      {waiting && <div className="mb-4"><Notice tone="info" title={waiting.message} /></div>}
      <div className="mb-5 grid gap-2">
        <ProgressBar percent={progress.percent} label={text.title} />
        <div className="flex flex-wrap justify-between gap-x-4 text-[13px] text-ink-soft">
          {making && !waiting && medians.length > 0 ? <Left store={store} medians={medians} /> : <span />}
          <span>{text.closing}</span>
        </div>
      </div>
      <Steps steps={progress.steps} medians={medians} below={withLines && <NewestLines id={store.id} prefix={`${store.slug}-`} />} />
    </Card>
  )
}

function Left({store, medians}: {store: Store; medians: readonly {step: string; median_seconds: number}[]}) {
  const left = secondsLeft(store.progress.steps, medians, useNow())
  if (left === null) return <span />
  return <span className="font-medium text-ink">{left < 3 ? text.soon : text.left(duration(roughly(left) * 1000))}</span>
}

const SHOWN = 5

function NewestLines({id, prefix}: {id: string; prefix: string}) {
  const followed = useFollowedLogs(id, {tail: SHOWN})
  const asks = mustAsk(followed)
  const asked = useLogs(id, asks ? {tail: SHOWN} : null, ASK_MS)
  const lines = useMemo(() => (asks && asked.data ? toLines(asked.data.logs) : followed.lines), [asks, asked.data, followed.lines])
  if (lines.length === 0) return asked.error ? <p className="text-[13px] text-ink-soft">{messages.stores.logs.failed(asked.error.message)}</p> : null
  return (
    <div aria-label={text.lines} role="group" className="grid gap-0.5 overflow-hidden rounded-lg border border-line bg-raised px-3 py-2 font-mono text-xs/5">
      {lines.slice(-SHOWN).map((line) => <p key={line.id} className="truncate"><span className="text-ink-soft"><bdi>{shortSource(line.source, prefix)}</bdi></span> <bdi>{line.text.slice(0, 300)}</bdi></p>)}
    </div>
  )
}

function Cancel({store}: {store: Store}) {
  const operation = useOperation(store.operation).data
  return operation && <CancelButton operation={operation} store={store.name} />
}
