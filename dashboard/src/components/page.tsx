import {useEffect, type ReactNode} from "react"

import {cn} from "@/lib/cn"
import {useDashboard} from "@/lib/dashboard/dashboard"
import {messages} from "@/messages"

export interface PageProps {
  title: string
  actions?: ReactNode
  /** In place of title and actions; it brings its own `h1`. */
  heading?: ReactNode
  /** It fills the window and scrolls inside. */
  full?: boolean
  children: ReactNode
}

/** A page's frame: its heading, its actions, its title in the browser. */
export function Page({title, actions, heading, full = false, children}: PageProps) {
  const product = useDashboard().data?.title ?? messages.product
  useEffect(() => { document.title = `${title} · ${product}` }, [title, product])
  return (
    <div className={cn("mx-auto flex w-full max-w-6xl flex-col gap-4 p-4 md:p-6", full && "min-h-0 flex-1")}>
      {heading ?? (
        <header className="flex min-h-9 flex-wrap items-center justify-between gap-3">
          <h1 className="text-xl font-semibold tracking-tight"><bdi>{title}</bdi></h1>
          {actions}
        </header>
      )}
      {children}
    </div>
  )
}
