import {useNavigate, useSearch} from "@tanstack/react-router"
import {ListChecks, SearchX} from "lucide-react"
import {useCallback} from "react"

import {Button} from "@/components/button"
import {Empty} from "@/components/empty"
import {Notice, ProblemNotice} from "@/components/notice"
import {Page} from "@/components/page"
import {SearchField} from "@/components/search-field"
import {Select} from "@/components/select"
import {RowsSkeleton} from "@/components/skeleton"
import {isProblem, isRefused} from "@/lib/api/problem"
import {useOperations} from "@/lib/operations/list-operations"
import {messages, operationWord} from "@/messages"

import {KINDS, STATES, type OperationSearch} from "./operation-filter"
import {OperationRow} from "./operation-row"

const text = messages.operations
const STATE_OPTIONS = [{value: "", label: messages.common.all}, ...STATES.map((value) => ({value, label: messages.operationStates[value] ?? value}))] as const
const KIND_OPTIONS = [{value: "", label: text.anyKind}, ...KINDS.map((value) => ({value, label: operationWord(value)}))] as const

export function OperationsPage() {
  const filter: OperationSearch = useSearch({from: "/operations"})
  const navigate = useNavigate({from: "/operations"})
  const set = useCallback((change: OperationSearch) => { void navigate({search: (old) => ({...old, ...change}), replace: true}) }, [navigate])
  const searchStore = useCallback((store: string) => { set({store: store.trim() || undefined}) }, [set])
  const list = useOperations(filter)
  const operations = list.data?.pages.flatMap((page) => page.operations) ?? []
  const filtered = Boolean(filter.state ?? filter.kind ?? filter.store)
  const clear = <Button onClick={() => { void navigate({search: {}, replace: true}) }}>{text.clear}</Button>
  const noStore = isProblem(list.error, "store_not_found")
  return (
    <Page title={text.title}>
      <div role="group" aria-label={text.filters} className="flex flex-wrap gap-2">
        <SearchField label={text.storeHint} value={filter.store ?? ""} onSearch={searchStore} className="flex-1 basis-full sm:max-w-sm sm:basis-56" />
        <Select label={text.state} hideLabel value={filter.state ?? ""} options={STATE_OPTIONS} onChange={(state) => { set({state: state || undefined}) }} className="flex-1 basis-32 sm:flex-none" />
        <Select label={text.kind} hideLabel value={filter.kind ?? ""} options={KIND_OPTIONS} onChange={(kind) => { set({kind: kind || undefined}) }} className="flex-1 basis-36 sm:flex-none" />
      </div>
      {noStore && <Notice title={text.noStore} action={clear} />}
      {list.error && !noStore && <ProblemNotice error={list.error} onRetry={() => { void list.refetch() }} action={filtered && isRefused(list.error) && clear} />}
      {list.isPending && <RowsSkeleton />}
      {list.data && operations.length === 0 && (filtered
        ? <Empty icon={SearchX} title={text.noMatch} action={clear} />
        : <Empty icon={ListChecks} title={text.empty} hint={text.emptyHint} />)}
      {operations.length > 0 && !noStore && (
        <ul role="list" aria-label={text.list} className="overflow-hidden rounded-2xl border border-line bg-surface">
          {operations.map((operation) => <OperationRow key={operation.id} operation={operation} />)}
        </ul>
      )}
      {list.hasNextPage && <Button className="self-center" busy={list.isFetchingNextPage} onClick={() => { void list.fetchNextPage() }}>{text.more}</Button>}
    </Page>
  )
}
