import {CircleAlert, CircleCheck} from "lucide-react"

import {Button} from "@/components/button"
import {Card} from "@/components/card"
import {CopyButton} from "@/components/copy-button"
import {EventLine} from "@/components/event-line"
import {ExternalLink} from "@/components/external-link"
import {KeyValues} from "@/components/key-values"
import {ProblemNotice} from "@/components/notice"
import {Bone, Loading} from "@/components/skeleton"
import {When} from "@/components/when"
import {cn} from "@/lib/cn"
import {useEventPages} from "@/lib/events/list-events"
import {duration, exact} from "@/lib/format"
import {isMoving, isOpen} from "@/lib/phase"
import type {Condition, Store} from "@/lib/stores/store"
import {conditionWord, messages} from "@/messages"

import {FailurePanel} from "./failure-panel"
import {LastSteps} from "./last-steps"
import {ProgressPanel} from "./progress-panel"
import {useStoreView} from "./store-view"
import {UsagePanel} from "./usage-panel"

const text = messages.stores.overview

/** What tells one failed attempt from the next. The version does not: it counts on while somebody's keyboard is in the panel. */
const attemptOf = ({progress}: Store): number => progress.steps.find(({started}) => started)?.started?.getTime() ?? 0

export function OverviewTab({store}: {store: Store}) {
  const moving = isMoving(store.phase)
  const failed = store.phase === "Failed"
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-4">
        {failed && <FailurePanel key={attemptOf(store)} store={store} />}
        {moving && <ProgressPanel store={store} />}
        {!moving && !failed && <UsagePanel id={store.id} prefix={`${store.slug}-`} />}
        <Conditions conditions={store.conditions} quiet={moving || failed} />
        {!moving && <LastSteps store={store} />}
      </div>
      <div className="grid min-w-0 gap-4">
        <Details store={store} />
        <Latest id={store.id} />
      </div>
    </div>
  )
}

/** Some conditions are good when they hold, some are a trouble. */
const TROUBLES = ["Waiting", "Stalled", "NeedsAttention"]

/** `quiet`: that there is none goes without saying, because the page tells of something else. */
export function Conditions({conditions, quiet = false}: {conditions: readonly Condition[]; quiet?: boolean}) {
  // A trouble that is over is no news.
  const told = conditions.filter(({type, status}) => status || !TROUBLES.includes(type))
  if (quiet && told.length === 0) return null
  return (
    <Card title={text.conditions}>
      {told.length === 0 && <p className="text-ink-soft">{text.noConditions}</p>}
      <ul className="grid gap-3">
        {told.map(({type, status, reason, message, changed}) => {
          const well = TROUBLES.includes(type) ? !status : status
          const Icon = well ? CircleCheck : CircleAlert
          return (
            <li key={type} className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-2">
              <Icon aria-hidden className={cn("mt-0.5 size-4", well ? "text-good" : "text-warn")} />
              <span><span className="font-medium">{conditionWord(type)}</span>: {status ? messages.common.yes : messages.common.no} <span className="text-[13px] text-ink-soft">{reason}</span></span>
              <span className="text-xs text-ink-soft"><When at={changed} /></span>
              {message && <span className="col-start-2 text-[13px] break-words text-ink-soft"><bdi>{message}</bdi></span>}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function Details({store}: {store: Store}) {
  const {urls, hosts, engine, engine_version: version, plan, namespace, id, created, ready_at: ready} = store
  return (
    <Card title={text.details}>
      <KeyValues
        className="gap-x-4"
        items={[
          [text.address, urls.storefront && isOpen(store.phase) ? <ExternalLink href={urls.storefront} className="break-all">{hosts[0]}</ExternalLink> : hosts[0]],
          [text.engine, `${engine} ${version}`],
          [text.plan, plan],
          [text.created, <time key="created" dateTime={created.toISOString()}>{exact(created)}</time>],
          ...(ready ? [[text.ready, <span key="ready"><When at={ready} /> <span className="text-ink-soft">({text.tookReady(duration(ready.getTime() - created.getTime()))})</span></span>] as const] : []),
          [text.namespace, <span key="namespace" className="font-mono text-xs break-all">{namespace}</span>],
          [text.id, <span key="id" className="flex items-center gap-1"><span className="min-w-0 truncate font-mono text-xs">{id}</span><span className="-my-2"><CopyButton value={id} /></span></span>],
        ]}
      />
    </Card>
  )
}

const LATEST = 8

function Latest({id}: {id: string}) {
  const [, change] = useStoreView()
  const events = useEventPages({store: id}, LATEST)
  const newest = events.data?.pages[0]?.events.slice(0, LATEST)
  return (
    <Card title={text.latest} actions={<Button size="small" kind="quiet" onClick={() => { change({tab: "activity"}) }}>{text.allActivity}</Button>}>
      {events.error && !newest && <ProblemNotice error={events.error} onRetry={() => { void events.refetch() }} />}
      {events.isPending && <Loading><Bone className="w-3/4" /><Bone className="w-1/2" /><Bone className="w-2/3" /></Loading>}
      <ul className="grid gap-3.5">{newest?.map((event) => <li key={event.number}><EventLine event={event} /></li>)}</ul>
    </Card>
  )
}
