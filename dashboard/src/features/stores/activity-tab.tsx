import {Activity, ListChecks} from "lucide-react"
import {useMemo} from "react"

import {Badge} from "@/components/badge"
import {Button} from "@/components/button"
import {CancelButton} from "@/components/cancel-button"
import {Empty} from "@/components/empty"
import {EventLine} from "@/components/event-line"
import {ProblemNotice} from "@/components/notice"
import {Select} from "@/components/select"
import {RowsSkeleton} from "@/components/skeleton"
import {When} from "@/components/when"
import {useEventPages} from "@/lib/events/list-events"
import {duration} from "@/lib/format"
import {useOperations} from "@/lib/operations/list-operations"
import {operationLook} from "@/lib/operations/look"
import {messages, operationStateWord, operationWord} from "@/messages"

import {useStoreView} from "./store-view"

const text = messages.stores.activity

export function ActivityTab({id, name}: {id: string; name: string}) {
  const [view, change] = useStoreView()
  const show = view.show ?? "events"
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <div role="group" aria-label={messages.stores.store.tabs.activity} className="flex gap-1 rounded-lg border border-line bg-surface p-1">
          {(["events", "operations"] as const).map((which) => (
            <button key={which} type="button" aria-pressed={show === which} onClick={() => { change({show: which === "events" ? undefined : which}) }} className="h-7 rounded-md px-3 text-[13px] text-ink-soft aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-ink">{text[which]}</button>
          ))}
        </div>
        {show === "events" && (
          <Select
            label={text.type}
            hideLabel
            value={view.type ?? ""}
            onChange={(type) => { change({type: type || undefined}) }}
            options={[{value: "", label: text.anyType}, ...Object.entries(messages.eventTypes).map(([value, label]) => ({value, label}))]}
          />
        )}
      </div>
      {show === "events" ? <Events id={id} type={view.type} /> : <Operations id={id} name={name} />}
    </>
  )
}

function Events({id, type}: {id: string; type: string | undefined}) {
  const filter = useMemo(() => ({store: id, type: type ? [type] : undefined}), [id, type])
  const events = useEventPages(filter)
  const all = events.data?.pages.flatMap((page) => page.events) ?? []
  if (events.error && !events.data) return <ProblemNotice error={events.error} onRetry={() => { void events.refetch() }} />
  if (!events.data) return <RowsSkeleton rows={6} />
  if (all.length === 0) return <Empty icon={Activity} title={text.none} />
  return (
    <>
      <ul className="rounded-2xl border border-line bg-surface">
        {all.map((event) => <li key={event.number} className="border-b border-line px-4 py-3 last:border-0"><EventLine event={event} /></li>)}
      </ul>
      {events.hasNextPage && <Button className="self-center" busy={events.isFetchingNextPage} onClick={() => { void events.fetchNextPage() }}>{messages.common.more}</Button>}
    </>
  )
}

function Operations({id, name}: {id: string; name: string}) {
  const operations = useOperations({store: id})
  const all = operations.data?.pages.flatMap((page) => page.operations) ?? []
  if (operations.error && !operations.data) return <ProblemNotice error={operations.error} onRetry={() => { void operations.refetch() }} />
  if (!operations.data) return <RowsSkeleton rows={3} />
  if (all.length === 0) return <Empty icon={ListChecks} title={text.noOperations} />
  return (
    <>
      <ul className="rounded-2xl border border-line bg-surface">
        {all.map((operation) => {
          const {tone, icon, moving} = operationLook(operation.state)
          return (
            <li key={operation.id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b border-line px-4 py-3 last:border-0">
              <span className="font-medium">{operationWord(operation.kind)}</span>
              <Badge tone={tone} icon={icon} moving={moving}>{operationStateWord(operation.state)}</Badge>
              <span className="text-[13px] text-ink-soft">{text.by(operation.requested_by)}{operation.ended && ` · ${text.took(duration(operation.ended.getTime() - operation.created.getTime()))}`}</span>
              <span className="ml-auto text-xs text-ink-soft"><When at={operation.created} /></span>
              <CancelButton operation={operation} store={name} />
              {operation.error && <p className="basis-full text-[13px] break-words text-bad"><bdi>{operation.error.message}</bdi></p>}
            </li>
          )
        })}
      </ul>
      {operations.hasNextPage && <Button className="self-center" onClick={() => { void operations.fetchNextPage() }}>{messages.common.more}</Button>}
    </>
  )
}
