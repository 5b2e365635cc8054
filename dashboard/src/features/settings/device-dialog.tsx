import {useCallback, useEffect, useState} from "react"

import {Button} from "@/components/button"
import {CopyButton} from "@/components/copy-button"
import {Dialog} from "@/components/dialog"
import {Notice, ProblemNotice} from "@/components/notice"
import {useNow} from "@/lib/clock"
import {duration} from "@/lib/format"
import {messages} from "@/messages"

import {LIFE_MS, useSignInLink} from "./make-sign-in-code"

const text = messages.settings.device
/** A page of these is seen from its own machine alone. */
const isLocal = (): boolean => /^(?:.+\.)?localhost$|^127\.|^\[::1\]$/.test(location.hostname)

/** A link for the phone in the other hand: shown until it expires or the dialog is closed. */
export function DeviceDialog({onClose}: {onClose: () => void}) {
  const {data: link, error, isPending, submittedAt, mutate, reset} = useSignInLink()
  const [expired, setExpired] = useState(false)
  const make = () => {
    setExpired(false)
    mutate()
  }
  const expire = useCallback(() => {
    setExpired(true)
    reset()
  }, [reset])
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.title}
      description={text.hint}
      footer={link === undefined
        ? <Button kind="primary" busy={isPending} onClick={make}>{expired ? text.again : text.make}</Button>
        : <Button onClick={onClose}>{text.done}</Button>}
    >
      <div className="grid gap-4">
        {link !== undefined && <Link link={link} until={submittedAt + LIFE_MS} onExpired={expire} />}
        {expired && !isPending && !error && <Notice title={text.expired} />}
        {error && <ProblemNotice error={error} />}
        {isLocal() && <Notice title={text.local} />}
      </div>
    </Dialog>
  )
}

/** `until`: five minutes after it was asked for by this browser's clock. Another clock's time could show what has expired. */
function Link({link, until, onExpired}: {link: string; until: number; onExpired: () => void}) {
  const left = until - useNow().getTime()
  useEffect(() => { if (left <= 0) onExpired() }, [left, onExpired])
  return (
    <div className="grid gap-1.5">
      <span className="text-[13px] text-ink-soft">{text.link}</span>
      <span className="flex items-center gap-2 rounded-lg border border-line bg-raised py-1 pr-1 pl-3"><code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{link}</code><CopyButton value={link} label={text.copy} /></span>
      <p className="text-[13px] text-ink-soft tabular-nums">{text.left(duration(Math.max(0, Math.min(LIFE_MS, left))))}</p>
    </div>
  )
}
