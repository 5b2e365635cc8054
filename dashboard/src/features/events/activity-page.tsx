import {useNavigate, useSearch} from "@tanstack/react-router"
import {Activity, SearchX} from "lucide-react"
import {useCallback, useMemo} from "react"

import {Button} from "@/components/button"
import {Empty} from "@/components/empty"
import {Notice, ProblemNotice} from "@/components/notice"
import {Page} from "@/components/page"
import {SearchField} from "@/components/search-field"
import {Select} from "@/components/select"
import {RowsSkeleton} from "@/components/skeleton"
import {isProblem, isRefused} from "@/lib/api/problem"
import {useNow} from "@/lib/clock"
import {useEventPages} from "@/lib/events/list-events"
import {day as dayText} from "@/lib/format"
import {eventWord, messages} from "@/messages"

import {byDay} from "./by-day"
import {DayField} from "./day-field"
import {filterOf, TYPES, type EventSearch} from "./event-filter"
import {EventRow} from "./event-row"

const text = messages.events
const TYPE_OPTIONS = [{value: "", label: text.anyType}, ...TYPES.map((value) => ({value, label: eventWord(value)}))] as const

/** What happens to all stores, the newest on top as it comes. */
export function ActivityPage() {
  const filter: EventSearch = useSearch({from: "/activity"})
  const navigate = useNavigate({from: "/activity"})
  const set = useCallback((change: EventSearch) => { void navigate({search: (old) => ({...old, ...change}), replace: true}) }, [navigate])
  const searchStore = useCallback((store: string) => { set({store: store.trim() || undefined}) }, [set])
  const list = useEventPages(filterOf(filter))
  const days = useMemo(() => byDay(list.data?.pages.flatMap((page) => page.events) ?? []), [list.data])
  const filtered = Boolean(filter.store ?? filter.type ?? filter.since ?? filter.until)
  const clear = <Button onClick={() => { void navigate({search: {}, replace: true}) }}>{text.clear}</Button>
  const noStore = isProblem(list.error, "store_not_found")
  return (
    <Page title={text.title}>
      <div role="group" aria-label={text.filters} className="flex flex-wrap gap-2">
        <SearchField label={text.storeHint} value={filter.store ?? ""} onSearch={searchStore} className="flex-1 basis-full sm:max-w-sm sm:basis-56" />
        <Select label={text.type} hideLabel value={filter.type?.[0] ?? ""} options={TYPE_OPTIONS} onChange={(type) => { set({type: type ? [type] : undefined}) }} className="flex-1 basis-40 sm:flex-none" />
        <div className="flex flex-1 flex-wrap gap-2 sm:flex-none">
          <DayField label={text.since} value={filter.since} max={filter.until} onChange={(since) => { set({since}) }} />
          <DayField label={text.until} value={filter.until} min={filter.since} onChange={(until) => { set({until}) }} />
        </div>
      </div>
      {noStore && <Notice title={text.noStore} action={clear} />}
      {list.error && !noStore && <ProblemNotice error={list.error} onRetry={() => { void list.refetch() }} action={filtered && isRefused(list.error) && clear} />}
      {list.isPending && <RowsSkeleton />}
      {list.data && days.length === 0 && (filtered
        ? <Empty icon={SearchX} title={text.noMatch} action={clear} />
        : <Empty icon={Activity} title={text.empty} hint={text.emptyHint} />)}
      {!noStore && days.map(({day, events}) => (
        <section key={day.getTime()} aria-label={dayText(day)} className="grid gap-2">
          <DayTitle day={day} />
          <ul role="list" className="overflow-hidden rounded-2xl border border-line bg-surface">
            {events.map((event) => <EventRow key={event.number} event={event} />)}
          </ul>
        </section>
      ))}
      {list.hasNextPage && <Button className="self-center" busy={list.isFetchingNextPage} onClick={() => { void list.fetchNextPage() }}>{text.more}</Button>}
      {list.data && days.length > 0 && !list.hasNextPage && !filtered && <p className="text-center text-xs text-ink-soft">{text.end}</p>}
    </Page>
  )
}

const DAY_MS = 86_400_000

function DayTitle({day}: {day: Date}) {
  const now = useNow("minute")
  const today = new Date(now).setHours(0, 0, 0, 0)
  const yesterday = new Date(today - DAY_MS / 2).setHours(0, 0, 0, 0)
  const word = day.getTime() === today ? text.today : day.getTime() === yesterday ? text.yesterday : dayText(day)
  return <h2 className="sticky top-0 z-[1] bg-page py-1 text-xs font-medium text-ink-soft">{word}</h2>
}
