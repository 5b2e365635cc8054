import {LoaderCircle, RefreshCw} from "lucide-react"

import {Tooltip} from "@/components/tooltip"
import {cn} from "@/lib/cn"
import {useChannel} from "@/lib/events/provider"
import {messages} from "@/messages"

const text = messages.shell.channel

/** How changes reach this page, always in sight: by word and shape. */
export function Connection({className}: {className?: string}) {
  const channel = useChannel()
  const live = channel === "live" || channel === "socket"
  return (
    <Tooltip text={text[`${channel}Hint`]} side="right">
      {/* A stop for the keyboard, because what it says in full is under the pointer. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <p role="status" tabIndex={0} className={cn("flex items-center gap-2 rounded-lg px-2.5 py-1.5 text-xs text-ink-soft", !live && "bg-warn-soft font-medium text-warn", className)}>
        {live && <span aria-hidden className="mx-1 size-2 rounded-full bg-good" />}
        {channel === "connecting" && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
        {channel === "polling" && <RefreshCw aria-hidden className="size-4" />}
        {text[channel]}
      </p>
    </Tooltip>
  )
}

/** The same in a sentence, where what is on the page may be old. */
export function ConnectionNotice() {
  const channel = useChannel()
  if (channel === "live" || channel === "socket") return null
  return <p className="bg-warn-soft px-4 py-1.5 text-center text-[13px] text-warn md:px-6">{text[`${channel}Hint`]}</p>
}
