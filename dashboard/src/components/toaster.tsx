import {CircleCheck, CircleX, Info, X} from "lucide-react"
import {useCallback, useLayoutEffect, useRef, type FocusEvent, type MouseEvent} from "react"

import {base} from "@/lib/base"
import {cn} from "@/lib/cn"
import {dismissToast, useToasts, type Toast} from "@/lib/toasts"
import {goBack, wayBack, type WayBack} from "@/lib/way-back"
import {messages} from "@/messages"

const LOOKS = {
  good: {icon: CircleCheck, classes: "text-good"},
  bad: {icon: CircleX, classes: "text-bad"},
  info: {icon: Info, classes: "text-ink-soft"},
} as const

/** Where toasts appear: once, at the end of the app. `onFollow` goes to a page without loading everything anew. */
export function Toaster({onFollow}: {onFollow?: (href: string) => void}) {
  const toasts = useToasts()
  const way = useRef<WayBack | null>(null)
  const enter = ({currentTarget, relatedTarget}: FocusEvent) => {
    // From nowhere the keyboard comes with the window, too.
    if (relatedTarget && !currentTarget.closest("ol")?.contains(relatedTarget)) way.current = wayBack(relatedTarget)
  }
  const leave = useCallback((item: Element) => {
    const next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector("button")
    if (next) next.focus()
    else goBack(way.current)
  }, [])
  const follow = (event: MouseEvent, href: string) => {
    if (!onFollow || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onFollow(href)
  }
  return (
    <div role="log" aria-live="polite" aria-label={messages.shell.news}>
      <ol className="pointer-events-none fixed right-3 bottom-20 left-3 z-60 grid justify-items-end gap-2 md:bottom-4 md:left-auto md:w-88">
        {toasts.map((toast) => <Item key={toast.id} toast={toast} onFollow={follow} onEnter={enter} onLeave={leave} />)}
      </ol>
    </div>
  )
}

interface ItemProps {
  toast: Toast
  onFollow: (event: MouseEvent, href: string) => void
  /** The keyboard comes to it. */
  onEnter: (event: FocusEvent) => void
  /** It goes and has the keyboard, which must not go with it. */
  onLeave: (item: Element) => void
}

function Item({toast: {id, tone, title, text, href}, onFollow, onEnter, onLeave}: ItemProps) {
  const {icon: Icon, classes} = LOOKS[tone]
  const place = useRef<HTMLLIElement>(null)
  useLayoutEffect(() => {
    const item = place.current
    return () => { if (item?.contains(document.activeElement)) onLeave(item) }
  }, [onLeave])
  return (
    <li ref={place} className="pointer-events-auto flex w-full animate-rise items-start gap-3 rounded-xl border border-line bg-surface p-3.5 shadow-lg">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", classes)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{href ? <a href={base + href} onFocus={onEnter} onClick={(event) => { onFollow(event, href) }} className="hover:underline"><bdi>{title}</bdi></a> : <bdi>{title}</bdi>}</p>
        {text && <p className="mt-0.5 line-clamp-3 text-[13px] break-words text-ink-soft">{text}</p>}
      </div>
      <button type="button" aria-label={messages.common.dismiss} onFocus={onEnter} onClick={() => { dismissToast(id) }} className="-m-1 rounded-md p-1 text-ink-soft hover:bg-raised hover:text-ink"><X aria-hidden className="size-4" /></button>
    </li>
  )
}
