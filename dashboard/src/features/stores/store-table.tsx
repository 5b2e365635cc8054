import {Link} from "@tanstack/react-router"
import {ExternalLink} from "lucide-react"
import {useCallback, useMemo} from "react"

import {PhaseBadge} from "@/components/phase-badge"
import {ProgressBar} from "@/components/progress-bar"
import type {Column} from "@/components/table"
import {VirtualTable} from "@/components/virtual-table"
import {When} from "@/components/when"
import {cn} from "@/lib/cn"
import {isGone, isMoving, isOpen} from "@/lib/phase"
import {usePreferences} from "@/lib/preferences"
import type {Store} from "@/lib/stores/store"
import {useWide} from "@/lib/wide"
import {messages, stepWord} from "@/messages"

const text = messages.stores
const idOf = ({id}: Store) => id
const GRID = "grid-cols-[1.25rem_auto_auto_minmax(0,1fr)_2rem] md:grid-cols-[1.25rem_minmax(10rem,2fr)_minmax(11rem,1.6fr)_minmax(5rem,0.7fr)_minmax(4.5rem,0.5fr)_8.5rem_2.5rem]"
/** On a phone a row is three lines: name and storefront, status, the rest with a dot between. */
const LAST_LINE = "row-start-3 truncate md:col-auto md:row-auto"
const DOT = "before:mr-2 before:text-ink-soft before:content-['·'] md:before:content-none"

export interface StoreTableProps {
  stores: readonly Store[]
  more: boolean
  onMore: () => void
  selected: ReadonlySet<string>
  onSelect: (ids: readonly string[], selected: boolean) => void
}

export function StoreTable({stores, more, onMore, selected, onSelect}: StoreTableProps) {
  const compact = usePreferences().density === "compact"
  // With those that are gone there is nothing to do.
  const living = useMemo(() => stores.filter(({phase}) => !isGone(phase)), [stores])
  const all = living.length > 0 && living.every(({id}) => selected.has(id))
  const wide = useWide()
  const selectAll = useCallback((on: boolean) => { onSelect(living.map(({id}) => id), on) }, [living, onSelect])
  const columns = useMemo((): Column<Store>[] => [
    {
      key: "select",
      className: "self-start pt-2 md:self-center md:pt-0",
      title: wide && (living.length > 0
        ? <Box label={messages.common.selectAll} checked={all} onChange={selectAll} />
        : <span className="sr-only">{messages.common.select}</span>),
      cell: ({id, name, phase}) => !isGone(phase) && <Box label={`${messages.common.select} ${name}`} checked={selected.has(id)} onChange={(on) => { onSelect([id], on) }} />,
    },
    {key: "name", title: text.columns.name, className: "col-start-2 col-end-5 row-start-1 md:col-auto md:row-auto", cell: (store) => <Name store={store} compact={compact} />},
    {key: "phase", title: text.columns.phase, className: "col-start-2 col-end-6 row-start-2 md:col-auto md:row-auto", cell: (store) => <Status store={store} compact={compact} />},
    {key: "engine", title: text.columns.engine, className: cn("col-start-2", LAST_LINE), cell: ({engine}) => <Fact>{engine}</Fact>},
    {key: "plan", title: text.columns.plan, className: cn("col-start-3", LAST_LINE, DOT), cell: ({plan}) => <Fact>{plan}</Fact>},
    {key: "age", title: text.columns.age, className: cn("col-start-4 col-end-6 text-ink-soft", LAST_LINE, DOT), cell: ({created}) => <span className="text-xs md:text-sm"><When at={created} /></span>},
    {key: "storefront", title: <span className="sr-only">{text.columns.storefront}</span>, className: "col-start-5 row-start-1 md:col-auto md:row-auto", cell: (store) => <Storefront store={store} />},
  ], [wide, living, all, selectAll, selected, onSelect, compact])
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-1">
      {!wide && living.length > 0 && (
        <label className="flex h-9 w-fit items-center gap-3 px-4 text-[13px] text-ink-soft">
          <input type="checkbox" checked={all} onChange={(event) => { selectAll(event.target.checked) }} className="size-4 accent-(--accent)" />{messages.common.selectAll}
        </label>
      )}
      <VirtualTable label={text.title} columns={columns} rows={stores} rowKey={idOf} grid={GRID} more={more} onMore={onMore} isSelected={({id}) => selected.has(id)} />
    </div>
  )
}

const Fact = ({children}: {children: string}) => <span className="text-xs text-ink-soft md:text-sm md:text-ink">{children}</span>

function Box({label, checked, onChange}: {label: string; checked: boolean; onChange: (on: boolean) => void}) {
  return (
    // The target is larger than the box: a finger is no arrow.
    <label className="relative z-[1] -m-2.5 grid size-9 cursor-pointer place-items-center">
      <input type="checkbox" aria-label={label} checked={checked} onChange={(event) => { onChange(event.target.checked) }} className="size-4 accent-(--accent)" />
    </label>
  )
}

/** What a row has to say: below each other, or in one line where many rows are wanted in sight. */
const lines = (compact: boolean): string => (compact ? "flex min-w-0 items-baseline gap-2" : "grid min-w-0 justify-items-start")

/** The link covers its row, so that the row leads to the store wherever it is hit. */
function Name({store: {id, name, hosts}, compact}: {store: Store; compact: boolean}) {
  return (
    <span className={lines(compact)}>
      <Link to="/stores/$id" params={{id}} className="max-w-full truncate font-medium after:absolute after:inset-0"><bdi>{name}</bdi></Link>
      <span className="max-w-full truncate text-xs text-ink-soft">{hosts[0]}</span>
    </span>
  )
}

function Status({store: {phase, progress, failure, conditions, deleted_at: deleted}, compact}: {store: Store; compact: boolean}) {
  const running = progress.steps.find((step) => step.name === progress.step)
  const waiting = conditions.find(({type, status}) => type === "Waiting" && status)
  const unwell = phase === "Degraded" ? conditions.find(({status, message}) => !status && message) : undefined
  return (
    <span className={cn(lines(compact), !compact && "gap-1")}>
      <PhaseBadge phase={phase} className="shrink-0" />
      {isMoving(phase) && (waiting
        ? <span className="line-clamp-1 text-xs text-ink-soft">{waiting.message}</span>
        : running && <span className="flex w-full max-w-64 items-center gap-2 text-xs whitespace-nowrap text-ink-soft"><ProgressBar percent={progress.percent} label={stepWord(running.name)} />{stepWord(running.name)}</span>)}
      {failure && phase === "Failed" && <span className="line-clamp-2 text-xs text-bad md:line-clamp-1" title={failure.message}><bdi>{failure.message}</bdi></span>}
      {isGone(phase) && deleted && <span className="text-xs text-ink-soft"><When at={deleted} /></span>}
      {unwell && <span className="line-clamp-1 text-xs text-warn" title={unwell.message}><bdi>{unwell.message}</bdi></span>}
    </span>
  )
}

function Storefront({store: {urls, phase, name}}: {store: Store}) {
  if (!urls.storefront || !isOpen(phase)) return null
  return (
    <a href={urls.storefront} target="_blank" rel="noopener noreferrer" aria-label={`${text.store.storefront}: ${name}`} className="relative z-[1] grid size-8 place-items-center rounded-md text-ink-soft hover:bg-line hover:text-ink">
      <ExternalLink aria-hidden className="size-4" />
    </a>
  )
}
