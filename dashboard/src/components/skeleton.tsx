import {useEffect, useState, type ReactNode} from "react"

import {cn} from "@/lib/cn"
import {messages} from "@/messages"

/** From here on a grey page looks like a broken one. */
const SLOW_MS = 5000

/** What stands in the place of an answer; when that is slow, it says so. */
export function Loading({className, children}: {className?: string; children: ReactNode}) {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => { setSlow(true) }, SLOW_MS)
    return () => { clearTimeout(timer) }
  }, [])
  return (
    <div role="status" aria-label={messages.common.loading} className={cn("grid gap-3", className)}>
      {slow && <p className="col-span-full text-[13px] text-ink-soft">{messages.common.slow}</p>}
      {children}
    </div>
  )
}

/** A grey bar where text will be. */
export const Bone = ({className}: {className?: string}) => <span aria-hidden className={cn("block h-3 animate-pulse rounded bg-raised", className)} />

/** Where rows will be; nothing jumps when they come. */
export function RowsSkeleton({rows = 8}: {rows?: number}) {
  return (
    <Loading>
      <div className="overflow-hidden rounded-2xl border border-line bg-surface">
        {Array.from({length: rows}, (_, i) => (
          <div key={i} className="flex h-15 items-center gap-4 border-b border-line px-4 last:border-0">
            <Bone className="w-1/4" />
            <Bone className="h-5 w-24 rounded-full" />
          </div>
        ))}
      </div>
    </Loading>
  )
}

/** Where cards will be: the number of lines of each. They are one answer, which is slow once. */
export function CardsSkeleton({lines, className}: {lines: readonly number[]; className?: string}) {
  return (
    <Loading className={cn("gap-4", className)}>
      {lines.map((many, card) => (
        <div key={card} className="grid content-start gap-4 rounded-2xl border border-line bg-surface p-5">
          <Bone className="h-4 w-32" />
          {Array.from({length: many}, (_, i) => <Bone key={i} className={i % 2 ? "w-1/2" : "w-3/4"} />)}
        </div>
      ))}
    </Loading>
  )
}

export const CardSkeleton = ({lines = 3}: {lines?: number}) => <CardsSkeleton lines={[lines]} />
