import {Link, useNavigate, useSearch} from "@tanstack/react-router"
import {Plus, Search, Store as StoreIcon} from "lucide-react"
import {useCallback, useEffect, useMemo, useState} from "react"

import {Button} from "@/components/button"
import {Empty} from "@/components/empty"
import {ProblemNotice} from "@/components/notice"
import {Page} from "@/components/page"
import {SearchField} from "@/components/search-field"
import {Select} from "@/components/select"
import {RowsSkeleton} from "@/components/skeleton"
import {isRefused} from "@/lib/api/problem"
import {cn} from "@/lib/cn"
import {useEngines} from "@/lib/engines/engines"
import {isGone} from "@/lib/phase"
import {usePlans} from "@/lib/plans/plans"
import {useStats} from "@/lib/stats/stats"
import type {StoreFilter} from "@/lib/stores/store"
import {messages} from "@/messages"

import {BulkDialog, type BulkAction} from "./bulk-dialog"
import {DeletedLink} from "./deleted-link"
import {MOST_KEPT, SORTS, useStores} from "./list-stores"
import {PhaseTotals} from "./phase-totals"
import {SelectionBar} from "./selection-bar"
import {StoreTable} from "./store-table"

const text = messages.stores

export function StoresPage() {
  const {selected: kept, ...filter} = useSearch({from: "/stores"})
  const navigate = useNavigate({from: "/stores"})
  const setFilter = useCallback((change: StoreFilter) => { void navigate({search: (old) => ({...old, ...change}), replace: true}) }, [navigate])
  const search = useCallback((words: string) => { setFilter({search: words || undefined}) }, [setFilter])

  const list = useStores(filter)
  const {fetchNextPage} = list
  const more = useCallback(() => { void fetchNextPage() }, [fetchNextPage])
  const stores = useMemo(() => list.data?.pages.flatMap((page) => page.stores) ?? [], [list.data])
  const totals = useStats().data?.phases ?? null
  const engines = useEngines().data ?? []
  const plans = usePlans().data ?? []

  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set(kept))
  // The address follows, so that the selection outlives a log-in in between; it leads at the beginning only.
  const wanted = [...marked].slice(0, MOST_KEPT).join(" ")
  const written = kept?.join(" ") ?? ""
  useEffect(() => {
    if (wanted !== written) void navigate({search: (old) => ({...old, selected: wanted ? wanted.split(" ") : undefined}), replace: true})
  }, [wanted, written, navigate])
  const select = useCallback((ids: readonly string[], on: boolean) => {
    setMarked((old) => on ? new Set([...old, ...ids]) : new Set([...old].filter((id) => !ids.includes(id))))
  }, [])
  // What is not listed any more is not selected any more.
  const chosen = useMemo(() => stores.filter(({id, phase}) => marked.has(id) && !isGone(phase)), [stores, marked])
  const selected = useMemo(() => new Set(chosen.map(({id}) => id)), [chosen])
  const [bulk, setBulk] = useState<BulkAction | null>(null)
  const unselect = () => {
    setMarked(new Set())
    setBulk(null)
  }

  const filtered = Boolean(filter.search ?? filter.engine ?? filter.plan) || (filter.phase?.length ?? 0) > 0
  const old = list.isPlaceholderData
  const clear = <Button onClick={() => { void navigate({search: {selected: kept}}) }}>{text.clear}</Button>
  const none = list.data !== undefined && stores.length === 0
  return (
    <Page
      title={text.title}
      full
      actions={<Button kind="primary" asChild><Link to="/create"><Plus aria-hidden />{messages.shell.places.create}</Link></Button>}
    >
      {!(none && !filtered) && (
        <div className="grid gap-3">
          <PhaseTotals totals={totals} chosen={filter.phase ?? []} onChoose={(phase) => { setFilter({phase: phase.length > 0 ? phase : undefined}) }} />
          <div className="flex flex-wrap items-center gap-2">
            <SearchField label={text.search} value={filter.search ?? ""} onSearch={search} className="flex-1 basis-full sm:basis-60" />
            <Select label={text.columns.engine} hideLabel className="flex-1 basis-32 sm:flex-none sm:basis-auto" value={filter.engine ?? ""} onChange={(engine) => { setFilter({engine: engine || undefined}) }} options={[{value: "", label: text.anyEngine}, ...engines.map(({name, title}) => ({value: name, label: title}))]} />
            <Select label={text.columns.plan} hideLabel className="flex-1 basis-32 sm:flex-none sm:basis-auto" value={filter.plan ?? ""} onChange={(plan) => { setFilter({plan: plan || undefined}) }} options={[{value: "", label: text.anyPlan}, ...plans.map(({name, title}) => ({value: name, label: title}))]} />
            <Select label={text.sort} hideLabel className="flex-1 basis-32 sm:flex-none sm:basis-auto" value={filter.sort ?? "-created"} onChange={(sort) => { setFilter({sort: sort === "-created" ? undefined : sort}) }} options={SORTS.map((sort) => ({value: sort, label: text.sorts[sort]}))} />
          </div>
        </div>
      )}
      {list.error && <ProblemNotice error={list.error} onRetry={() => { void list.refetch() }} action={filtered && isRefused(list.error) && clear} />}
      {list.isPending && <RowsSkeleton />}
      {none && (filtered
        ? <Empty icon={Search} title={text.noMatch} action={clear} />
        : <Empty icon={StoreIcon} title={text.empty} hint={text.emptyHint} action={<><Button kind="primary" asChild><Link to="/create">{text.first}</Link></Button><DeletedLink /></>} />)}
      {chosen.length > 0 && <SelectionBar selected={chosen.length} onAct={setBulk} onClear={unselect} />}
      {stores.length > 0 && (
        <div aria-busy={old} className={cn("flex min-h-48 flex-1 flex-col", old && "opacity-60")}>
          <StoreTable stores={stores} more={list.hasNextPage && !list.isFetchingNextPage && !old} onMore={more} selected={selected} onSelect={select} />
        </div>
      )}
      {bulk && <BulkDialog action={bulk} stores={chosen} onClose={() => { setBulk(null) }} onDone={unselect} />}
    </Page>
  )
}
