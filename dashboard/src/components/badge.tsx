import type {LucideIcon} from "lucide-react"
import type {ReactNode} from "react"

import {cn} from "@/lib/cn"
import type {Tone} from "@/lib/tone"

export const TONES: Record<Tone, string> = {
  good: "bg-good-soft text-good",
  busy: "bg-busy-soft text-busy",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  still: "bg-raised text-ink-soft",
}

export interface BadgeProps {
  tone: Tone
  icon: LucideIcon
  /** What it says changes by itself: the icon turns. */
  moving?: boolean | undefined
  className?: string
  children: ReactNode
}

/** A state by word, shape and colour. */
export function Badge({tone, icon: Icon, moving, className, children}: BadgeProps) {
  return (
    <span className={cn("inline-flex h-6 items-center gap-1.5 rounded-full px-2 text-xs font-medium whitespace-nowrap", TONES[tone], className)}>
      <Icon aria-hidden className={cn("size-3.5 shrink-0", moving && "animate-spin [animation-duration:2s]")} />
      {children}
    </span>
  )
}
