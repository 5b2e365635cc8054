import {Fragment, type ReactNode} from "react"

import {cn} from "@/lib/cn"

/** Names and what they have. A missing value is left out by the caller. */
export function KeyValues({items, className}: {items: readonly (readonly [name: string, value: ReactNode])[]; className?: string}) {
  return (
    <dl className={cn("grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-6 gap-y-2.5", className)}>
      {items.map(([name, value]) => (
        <Fragment key={name}>
          <dt className="text-ink-soft">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
