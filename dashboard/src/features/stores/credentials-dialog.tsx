import {useEffect, useState, type FormEvent} from "react"

import {Button} from "@/components/button"
import {CopyButton} from "@/components/copy-button"
import {Dialog} from "@/components/dialog"
import {Field} from "@/components/field"
import {ProblemNotice} from "@/components/notice"
import {useNow} from "@/lib/clock"
import {isProblem} from "@/lib/api/problem"
import type {Store} from "@/lib/stores/store"
import {messages} from "@/messages"

import {useCredentials, type Credentials} from "./reveal-credentials"
import {useDraft} from "./store-draft"

const text = messages.stores.credentials
const SHOWN_MS = 60_000

/** The admin login: with a reason, for a minute. */
export function CredentialsDialog({store, onClose}: {store: Store; onClose: () => void}) {
  const reveal = useCredentials()
  const [reason, setReason] = useDraft(store.id, "credentials", "")
  const [missing, setMissing] = useState(false)
  const [shown, setShown] = useState<{login: Credentials; until: number} | null>(null)
  const {reset} = reveal
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const given = reason.trim()
    setMissing(!given)
    if (given) reveal.mutate({id: store.id, reason: given}, {onSuccess: (login) => { setShown({login, until: Date.now() + SHOWN_MS}) }})
  }
  // The password leaves the memory of the page with its place on the screen.
  const hide = () => {
    setShown(null)
    reset()
    onClose()
  }
  return (
    <Dialog open onOpenChange={hide} title={text.title} description={shown ? undefined : text.hint}>
      {shown
        ? <Shown login={shown.login} until={shown.until} onHide={hide} />
        : (
            <form onSubmit={submit} className="grid gap-4">
              <Field label={text.reason} value={reason} maxLength={500} autoComplete="off" error={missing ? text.needed : undefined} onChange={(event) => { setReason(event.target.value) }} />
              <div className="flex flex-wrap gap-2">
                {text.reasons.map((usual) => <Button key={usual} size="small" onClick={() => { setReason(usual) }}>{usual}</Button>)}
              </div>
              {reveal.error && (isProblem(reveal.error, "reason_needed") ? <p role="alert" className="text-bad">{text.needed}</p> : <ProblemNotice error={reveal.error} />)}
              <Button type="submit" kind="primary" busy={reveal.isPending} className="justify-self-end">{text.submit}</Button>
            </form>
          )}
    </Dialog>
  )
}

function Shown({login, until, onHide}: {login: Credentials; until: number; onHide: () => void}) {
  const left = Math.ceil((until - useNow().getTime()) / 1000)
  // By the clock and not by a timer: a machine that slept shows nothing when it wakes.
  useEffect(() => { if (left <= 0) onHide() }, [left, onHide])
  return (
    <div className="grid gap-3">
      {([[text.username, login.username, text.copyUsername], [text.password, login.password, text.copyPassword]] as const).map(([label, value, copy]) => (
        <div key={label} className="grid gap-1">
          <span className="text-[13px] text-ink-soft">{label}</span>
          <span className="flex items-center gap-2 rounded-lg border border-line bg-raised py-1 pr-1 pl-3"><code className="min-w-0 flex-1 font-mono break-all select-all">{value}</code><CopyButton value={value} label={copy} /></span>
        </div>
      ))}
      <div className="flex flex-wrap items-center justify-between gap-3 pt-1">
        <p className="min-w-0 flex-1 basis-48 text-[13px] text-ink-soft tabular-nums">{text.hides(String(Math.max(0, Math.min(60, left))))}</p>
        <Button size="small" onClick={onHide}>{text.hide}</Button>
      </div>
    </div>
  )
}
