import {ExternalLink as Icon} from "lucide-react"
import type {ReactNode} from "react"

import {cn} from "@/lib/cn"
import {messages} from "@/messages"

/** To another site, in a tab of its own, which learns nothing of this one. Anything but http and https is shown as text. */
export function ExternalLink({href, className, children}: {href: string; className?: string; children: ReactNode}) {
  if (!/^https?:\/\//.test(href)) return <span className={className}>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={cn("inline-flex items-center gap-1 hover:underline", className)}>
      {children}<Icon aria-hidden className="size-3.5 shrink-0" /><span className="sr-only">({messages.common.opensTab})</span>
    </a>
  )
}
