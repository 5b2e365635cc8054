import type {ReactNode} from "react"

import {cn} from "@/lib/cn"

export function Card({title, actions, className, children}: {title?: string; actions?: ReactNode; className?: string; children: ReactNode}) {
  return (
    <section aria-label={title} className={cn("rounded-2xl border border-line bg-surface p-5", className)}>
      {title && <header className="mb-4 flex items-center justify-between gap-3"><h2 className="font-semibold">{title}</h2>{actions}</header>}
      {children}
    </section>
  )
}
