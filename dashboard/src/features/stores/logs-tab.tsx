import {ArrowDown, ArrowUp, Download, Pause, Play, Search, WrapText} from "lucide-react"
import {useCallback, useDeferredValue, useMemo, useState} from "react"

import {Button} from "@/components/button"
import {LogView, shortSource} from "@/components/log-view"
import {ProblemNotice} from "@/components/notice"
import {Select} from "@/components/select"
import {Tooltip} from "@/components/tooltip"
import {cn} from "@/lib/cn"
import {download} from "@/lib/download"
import {count} from "@/lib/format"
import {toLines, type LogLine} from "@/lib/log-lines"
import type {Store} from "@/lib/stores/store"
import {useTyped} from "@/lib/typed"
import {messages} from "@/messages"

import {mustAsk, useFollowedLogs} from "./follow-logs"
import {usePods} from "./list-pods"
import {ASK_MS, useLogs} from "./read-logs"
import {useStoreView} from "./store-view"

const text = messages.stores.logs
const TAIL = 10_000
/** Its programs stand still: there is nothing to follow. */
const STILL = ["Failed", "Deleting", "Deleted", "Suspended"]

export function LogsTab({store: {id, slug, phase}}: {store: Store}) {
  const [view, change] = useStoreView()
  const previous = view.previous ?? false
  const still = STILL.includes(phase) || previous
  const wanted = {pod: view.pod, container: view.container, tail: TAIL}
  const followed = useFollowedLogs(id, still ? null : wanted)
  const asks = still || mustAsk(followed)
  const kept = useLogs(id, asks ? {...wanted, previous: previous || undefined} : null, still ? false : ASK_MS)
  const keptLines = useMemo(() => toLines(kept.data?.logs ?? []), [kept.data])
  // What was followed before stays until the first answer.
  const live: readonly LogLine[] = asks && kept.data ? keptLines : followed.lines

  // A pause holds what is shown, of what is wanted; what comes meanwhile is counted.
  const of = JSON.stringify([view.pod, view.container, asks])
  const [pause, setPause] = useState<{of: string; lines: readonly LogLine[]} | null>(null)
  const held = pause?.of === of ? pause.lines : null
  const lines = held ?? live
  const newLines = held ? live.length - live.findLastIndex((line) => line.id === held.at(-1)?.id) - 1 : 0

  const [stick, setStick] = useState(true)
  const [wrap, setWrap] = useState(false)
  const keep = useCallback((q: string) => { change({q: q || undefined}) }, [change])
  const [typed, type] = useTyped(view.q ?? "", keep)
  const search = useDeferredValue(typed)
  const [match, setMatch] = useState(0)
  const matches = useMemo(() => {
    const wantedText = search.toLowerCase()
    return wantedText ? lines.flatMap(({text: shown, full}, index) => ((full ?? shown).toLowerCase().includes(wantedText) ? [index] : [])) : []
  }, [lines, search])
  const at = matches.length > 0 ? ((match % matches.length) + matches.length) % matches.length : 0
  const current = matches[at] ?? null
  const step = (by: number) => {
    setStick(false)
    setMatch(at + by)
  }

  const list = usePods(id)
  const pods = list.data ?? []
  // A restart makes other pods. The chosen one stays in sight as what it is.
  const missing = pods.some(({name}) => name === view.pod) ? undefined : view.pod
  const containers = pods.find(({name}) => name === view.pod)?.containers ?? []
  const restarted = previous || pods.some(({restarts}) => restarts > 0)
  const sources = useMemo(() => new Set(lines.slice(0, 2000).map(({source}) => source)).size, [lines])

  const save = () => { download(`${slug}.log`, live.map((line) => `${line.source} ${line.full ?? line.text}`).join("\n"), "text/plain") }
  return (
    <div className="flex min-h-96 flex-1 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Select label={text.pod} hideLabel className="min-w-0 flex-1 sm:max-w-64 sm:flex-none" value={view.pod ?? ""} onChange={(pod) => { change({pod: pod || undefined, container: undefined}) }} options={[{value: "", label: text.anyPod}, ...pods.map(({name}) => ({value: name, label: shortSource(name, `${slug}-`)})), ...(missing === undefined ? [] : [{value: missing, label: list.data ? text.gonePod(shortSource(missing, `${slug}-`)) : shortSource(missing, `${slug}-`)}])]} />
        {containers.length > 1 && <Select label={text.container} hideLabel value={view.container ?? ""} onChange={(container) => { change({container: container || undefined}) }} options={[{value: "", label: text.anyContainer}, ...containers.map((name) => ({value: name, label: name}))]} />}
        {restarted && (
          <label className="flex h-9 items-center gap-2 px-1"><input type="checkbox" className="size-4 accent-(--accent)" checked={previous} onChange={(event) => { change({previous: event.target.checked || undefined}) }} />{text.previous}</label>
        )}
        <div className="flex min-w-0 flex-1 basis-60 items-center gap-1">
          <label className="relative min-w-0 flex-1">
            <span className="sr-only">{text.search}</span>
            <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft" />
            <input
              type="search"
              data-key="/"
              maxLength={500}
              placeholder={text.search}
              value={typed}
              onChange={(event) => {
                type(event.target.value)
                setMatch(0)
              }}
              onKeyDown={(event) => { if (event.key === "Enter") step(event.shiftKey ? -1 : 1) }}
              className="h-9 w-full rounded-lg border border-line bg-surface pr-3 pl-9 placeholder:text-ink-soft"
            />
          </label>
          {search && <span role="status" className="px-1 text-xs whitespace-nowrap text-ink-soft tabular-nums">{matches.length > 0 ? text.found(count(at + 1), count(matches.length)) : text.notFound}</span>}
          {matches.length > 0 && (
            <>
              <Button kind="quiet" size="icon" aria-label={text.before} onClick={() => { step(-1) }}><ArrowUp aria-hidden /></Button>
              <Button kind="quiet" size="icon" aria-label={text.after} onClick={() => { step(1) }}><ArrowDown aria-hidden /></Button>
            </>
          )}
        </div>
        <div className="flex gap-1">
          {!asks && (
            <Tooltip text={held ? text.resume : text.pause}>
              <Button size="icon" aria-label={held ? text.resume : text.pause} aria-pressed={held !== null} onClick={() => { setPause(held ? null : {of, lines: live}) }}>{held ? <Play aria-hidden /> : <Pause aria-hidden />}</Button>
            </Tooltip>
          )}
          <Tooltip text={text.wrap}><Button size="icon" aria-label={text.wrap} aria-pressed={wrap} className="aria-pressed:bg-accent-soft" onClick={() => { setWrap(!wrap) }}><WrapText aria-hidden /></Button></Tooltip>
          <Tooltip text={text.download}><Button size="icon" aria-label={text.download} disabled={live.length === 0} onClick={save}><Download aria-hidden /></Button></Tooltip>
        </div>
      </div>
      {kept.error && !kept.data && <ProblemNotice error={kept.error} onRetry={() => { void kept.refetch() }} />}
      {lines.length > 0
        ? <LogView key={wrap ? "wrap" : "plain"} label={text.label} lines={lines} search={search} current={search ? current : null} wrap={wrap} stick={stick && !held && !search} onStick={setStick} showSource={sources > 1} prefix={`${slug}-`} />
        : <p className="grid flex-1 place-items-center rounded-xl border border-dashed border-line p-8 text-ink-soft">{asks && kept.isPending ? messages.common.loading : still ? text.none : followed.state === "connecting" ? text.connecting : text.empty}</p>}
      <p role="status" className="flex flex-wrap items-center gap-x-3 text-xs text-ink-soft">
        <span className="tabular-nums">{text.lines(count(lines.length))}</span>
        {held && <span className="font-medium text-warn">{text.paused(count(Math.max(0, newLines)))}</span>}
        {kept.data?.source === "kept" && <span>{text.kept}</span>}
        {!still && (
          <span className={cn("flex items-center gap-1.5", followed.state === "failed" && "text-warn")}>
            {followed.state === "following" && <span aria-hidden className="size-2 rounded-full bg-good" />}
            {followed.state === "failed" ? text.failed(followed.reason) : followed.state === "ended" ? followed.reason || text.ended : text[followed.state]}
          </span>
        )}
      </p>
    </div>
  )
}
