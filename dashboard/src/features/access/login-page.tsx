import {Eye, EyeOff, Terminal} from "lucide-react"
import {useEffect, useRef, useState, type FormEvent} from "react"

import {Button} from "@/components/button"
import {CopyButton} from "@/components/copy-button"
import {Field} from "@/components/field"
import {Logo} from "@/components/logo"
import {Notice, ProblemNotice} from "@/components/notice"
import {isProblem} from "@/lib/api/problem"
import {useNow} from "@/lib/clock"
import {useDashboard} from "@/lib/dashboard/dashboard"
import {duration} from "@/lib/format"
import {useSignIn} from "@/lib/session/sign-in"
import {messages} from "@/messages"

const text = messages.access
const COMMAND = "souk open"

/** The code of a one-time link, out of the fragment: a fragment never reaches a server or its log. It is gone from the address bar at once. */
export function takeCode(): string {
  const code = new URLSearchParams(location.hash.slice(1)).get("code") ?? ""
  if (code) history.replaceState(history.state, "", location.pathname + location.search)
  return code
}

export function LoginPage({code, ended}: {code: string; ended: boolean}) {
  const title = useDashboard().data?.title ?? messages.product
  const signIn = useSignIn()
  const {mutate} = signIn
  const [token, setToken] = useState("")
  const [shown, setShown] = useState(false)
  const [missing, setMissing] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => { document.title = `${text.title} · ${title}` }, [title])
  useEffect(() => {
    if (!code) return undefined
    // A code works once, so it is sent once: not before this page has come to stay.
    const timer = setTimeout(() => { mutate({code}) }, 0)
    return () => { clearTimeout(timer) }
  }, [code, mutate])

  const usedCode = signIn.variables !== undefined && "code" in signIn.variables
  const waitsForCode = usedCode && signIn.isPending
  useEffect(() => { if (!waitsForCode) input.current?.focus() }, [waitsForCode])

  const {error} = signIn
  const refused = isProblem(error) && error.status === 401
  const throttled = isProblem(error) && error.status === 429
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = token.trim()
    setMissing(!typed)
    if (typed) mutate({token: typed})
    else input.current?.focus()
  }
  return (
    <main className="grid min-h-dvh content-center justify-items-center gap-8 p-4 py-10">
      <div className="grid justify-items-center gap-4 text-center">
        <Logo className="size-12" />
        <div className="grid gap-1">
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          <p className="text-ink-soft">{text.lead}</p>
        </div>
      </div>
      <div className="grid w-full max-w-100 gap-4">
        {ended && !error && <Notice tone="info" title={text.ended} />}
        {refused && usedCode && <Notice tone="warn" title={text.expired} />}
        {throttled && <Throttled key={signIn.submittedAt} seconds={error.retryAfter ?? 60} />}
        {error && !refused && !throttled && <ProblemNotice error={error} />}
        {waitsForCode ? <Notice title={text.code} /> : (
          <form onSubmit={submit} noValidate className="grid gap-4 rounded-2xl border border-line bg-surface p-6 shadow-sm">
            <Field
              ref={input}
              label={text.token}
              type={shown ? "text" : "password"}
              name="token"
              autoComplete="current-password"
              autoCapitalize="none"
              spellCheck={false}
              value={token}
              onChange={(event) => {
                setToken(event.target.value)
                setMissing(false)
              }}
              error={missing ? text.empty : refused && !usedCode ? text.refused : undefined}
              extra={(
                <Button kind="quiet" size="icon" aria-label={shown ? text.hide : text.show} aria-pressed={shown} onClick={() => { setShown(!shown) }} className="size-8">
                  {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
                </Button>
              )}
            />
            <Button type="submit" kind="primary" busy={signIn.isPending} className="h-10">{text.submit}</Button>
          </form>
        )}
        <section aria-labelledby="where" className="grid gap-2.5 px-1 text-[13px] text-ink-soft">
          <h2 id="where" className="font-medium text-ink">{text.whereTitle}</h2>
          <p>{text.where} <q className="text-ink">{text.whereWords}</q></p>
          <p>{text.whereOr}</p>
          <p className="flex items-center gap-2 rounded-lg border border-line bg-surface py-1 pr-1 pl-3 text-ink"><Terminal aria-hidden className="size-4 text-ink-soft" /><code className="flex-1 font-mono text-xs">{COMMAND}</code><CopyButton value={COMMAND} /></p>
        </section>
      </div>
    </main>
  )
}

function Throttled({seconds}: {seconds: number}) {
  const [from] = useState(() => Date.now())
  const left = Math.ceil(seconds - (useNow().getTime() - from) / 1000)
  return <Notice tone={left > 0 ? "warn" : "info"} title={left > 0 ? text.throttled(duration(Math.min(left, seconds) * 1000)) : text.throttledOver} />
}
