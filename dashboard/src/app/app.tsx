import {QueryClientProvider} from "@tanstack/react-query"
import {RouterProvider} from "@tanstack/react-router"
import {useCallback, useEffect, useState} from "react"

import {Toaster} from "@/components/toaster"
import {TooltipProvider} from "@/components/tooltip"
import {LoginPage, takeCode} from "@/features/access/login-page"
import {whenSignedOut, whenTokenRefused} from "@/lib/api/request"
import {useDashboard} from "@/lib/dashboard/dashboard"
import {EventProvider} from "@/lib/events/provider"
import {useSession} from "@/lib/session/read-session"
import {endSession, sessionKey} from "@/lib/session/session"

import {SessionFailed, Splash} from "./fallbacks"
import {queries} from "./queries"
import {loadPages, router} from "./router"

const POLL_SECONDS = 5
/** After the first page is there. */
const CALM_MS = 1500

export function App() {
  return <QueryClientProvider client={queries}><TooltipProvider><Gate /><Toaster onFollow={(href) => { void router.navigate({to: href}) }} /></TooltipProvider></QueryClientProvider>
}

/**
 * Who is not signed in sees the log-in and nothing else. The address stays, so that people come back to where they were; the page goes,
 * because what is behind a log-in must neither be seen nor take its keys.
 */
function Gate() {
  const session = useSession()
  const settings = useDashboard()
  const [code, setCode] = useState(takeCode)
  const [ended, setEnded] = useState(false)
  const signedOut = useCallback(() => {
    setEnded(true)
    endSession(queries)
  }, [])
  useEffect(() => {
    whenSignedOut(signedOut)
    whenTokenRefused(() => queries.refetchQueries({queryKey: sessionKey}))
  }, [signedOut])
  // A link that is pasted into this tab changes the fragment of its address and loads nothing.
  useEffect(() => {
    const pasted = () => { setCode((old) => takeCode() || old) }
    window.addEventListener("hashchange", pasted)
    return () => { window.removeEventListener("hashchange", pasted) }
  }, [])
  const signedIn = Boolean(session.data)
  useEffect(() => {
    if (!signedIn) return undefined
    const timer = setTimeout(() => { void loadPages() }, CALM_MS)
    return () => { clearTimeout(timer) }
  }, [signedIn])

  // A code works once: the log-in after this one must not send it again.
  if (session.data && code) setCode("")
  if (session.data && ended) setEnded(false)

  // With an answer of before the page stays: it says by itself that it may be old.
  if (session.data === undefined && session.error) return <SessionFailed error={session.error} onRetry={session.again} />
  if (session.data === undefined) return <Splash />
  if (!session.data) return <LoginPage code={code} ended={ended} />
  return (
    <EventProvider waiting={<Splash />} pollEvery={(settings.data?.poll_seconds ?? POLL_SECONDS) * 1000} onSignedOut={signedOut}>
      <RouterProvider router={router} />
    </EventProvider>
  )
}
