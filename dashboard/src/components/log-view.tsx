import {useVirtualizer} from "@tanstack/react-virtual"
import {memo, useCallback, useEffect, useMemo, useRef, useState, type ReactNode} from "react"

import {cn} from "@/lib/cn"
import {bytes} from "@/lib/format"
import type {LogLine} from "@/lib/log-lines"
import {messages} from "@/messages"

import {Button} from "./button"
import {CopyButton} from "./copy-button"
import {Dialog} from "./dialog"

export interface LogViewProps {
  label: string
  lines: readonly LogLine[]
  /** Highlighted wherever it is. */
  search: string
  /** The line that the search stands at. */
  current: number | null
  wrap: boolean
  /** The newest line stays in view. */
  stick: boolean
  /** People scrolled away from the end, or back to it. */
  onStick: (stick: boolean) => void
  /** Which source a line is from goes without saying when there is only one. */
  showSource: boolean
  /** What all sources begin with, and what is not worth its place. */
  prefix: string
}

/** `pod/container` without what all begin with. */
export const shortSource = (source: string, prefix: string): string => (source.startsWith(prefix) ? source.slice(prefix.length) : source)

const LINE_PX = 20
const COLOURS = ["text-accent", "text-busy", "text-good", "text-warn", "text-bad"]

/** Lines of a log: only those in view exist, so 10,000 of them scroll like ten. */
export function LogView({label, lines, search, current, wrap, stick, onStick, showSource, prefix}: LogViewProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<LogLine | null>(null)
  const getItemKey = useCallback((index: number) => lines[index]?.id ?? index, [lines])
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
    getItemKey,
  })
  const longest = useMemo(() => lines.reduce((most, {text, source}) => Math.max(most, text.length + (showSource ? source.length + 2 : 0)), 0), [lines, showSource])
  const colours = useRef(new Map<string, string>())
  const colourOf = (source: string): string => {
    const known = colours.current.get(source) ?? COLOURS[colours.current.size % COLOURS.length] ?? ""
    colours.current.set(source, known)
    return known
  }

  useEffect(() => {
    if (stick && lines.length > 0) rows.scrollToIndex(lines.length - 1, {align: "end"})
  }, [stick, lines, rows])
  useEffect(() => {
    if (current !== null) rows.scrollToIndex(current, {align: "center"})
  }, [current, rows])

  // Only what people do counts: the page's own scrolling to the newest line must not look like leaving it.
  useEffect(() => {
    const place = frame.current
    if (!place) return undefined
    const moved = () => requestAnimationFrame(() => { onStick(place.scrollHeight - place.scrollTop - place.clientHeight < LINE_PX * 2) })
    const kinds = ["wheel", "touchmove", "keyup", "pointerup"] as const
    for (const kind of kinds) place.addEventListener(kind, moved, {passive: true})
    return () => { for (const kind of kinds) place.removeEventListener(kind, moved) }
  }, [onStick])
  return (
    <>
      <div
        ref={frame}
        role="log"
        aria-label={label}
        aria-live="off"
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto rounded-xl border border-line bg-surface py-2 font-mono text-xs/5"
      >
        <div className="relative min-w-full" style={{height: rows.getTotalSize(), ...(wrap ? {} : {width: `calc(${Math.min(longest + 8, 2100)}ch + 2rem)`})}}>
          {rows.getVirtualItems().map(({index, key, start}) => {
            const line = lines[index]
            return line && (
              <div
                key={key}
                ref={wrap ? rows.measureElement : undefined}
                data-index={index}
                className={cn("absolute inset-x-0 top-0 flex gap-3 px-3", index === current && "bg-warn-soft")}
                style={{transform: `translateY(${start}px)`, minHeight: LINE_PX}}
              >
                {showSource && <span className={cn("max-w-56 shrink-0 truncate select-none", colourOf(line.source))} title={line.source}><bdi>{shortSource(line.source, prefix)}</bdi></span>}
                <Line line={line} search={search} wrap={wrap} onOpen={setOpened} />
              </div>
            )
          })}
        </div>
      </div>
      <WholeLine line={opened} search={search} onClose={() => { setOpened(null) }} />
    </>
  )
}

const Line = memo(function Line({line, search, wrap, onOpen}: {line: LogLine; search: string; wrap: boolean; onOpen: (line: LogLine) => void}) {
  return (
    <span className={cn("min-w-0", wrap ? "flex-1 break-all whitespace-pre-wrap" : "whitespace-pre")}>
      <bdi>{highlighted(line.text, search)}</bdi>
      {line.full !== null && (
        <button type="button" onClick={() => { onOpen(line) }} className="ml-2 rounded bg-raised px-1.5 text-accent hover:underline">{messages.common.longLine(bytes(line.full.length))}</button>
      )}
    </span>
  )
})

/** The text with each place where it is marked, as React nodes: nothing of it is ever markup. */
export function highlighted(text: string, search: string): ReactNode {
  if (!search) return text
  const parts: ReactNode[] = []
  const lower = text.toLowerCase()
  const wanted = search.toLowerCase()
  // Letters that change their length in lower case would shift the marks; such a line is shown without.
  if (lower.length !== text.length) return text
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), <mark key={at} className="rounded-xs bg-warn text-surface">{text.slice(at, at + wanted.length)}</mark>)
    from = at + wanted.length
  }
  return [...parts, text.slice(from)]
}

const PIECE = 64 * 1024

/** A line too long to show is shown in pieces. */
function WholeLine({line, search, onClose}: {line: LogLine | null; search: string; onClose: () => void}) {
  const [shown, setShown] = useState(PIECE)
  const full = line?.full ?? ""
  return (
    <Dialog
      open={line !== null}
      onOpenChange={() => {
        onClose()
        setShown(PIECE)
      }}
      title={line?.source ?? ""}
      description={bytes(full.length)}
      className="max-w-4xl"
      footer={full.length > shown && <Button onClick={() => { setShown(shown + PIECE) }}>{messages.common.more}</Button>}
    >
      <div className="relative">
        <div className="absolute top-1 right-1"><CopyButton value={full} /></div>
        <pre className="rounded-xl bg-raised p-3 pr-11 font-mono text-xs/5 break-all whitespace-pre-wrap"><bdi>{highlighted(full.slice(0, shown), search)}</bdi></pre>
      </div>
    </Dialog>
  )
}
