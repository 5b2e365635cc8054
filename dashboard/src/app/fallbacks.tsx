import {Link, type ErrorComponentProps} from "@tanstack/react-router"
import {Compass} from "lucide-react"
import {useEffect} from "react"

import {Button} from "@/components/button"
import {Empty} from "@/components/empty"
import {Logo} from "@/components/logo"
import {ProblemNotice} from "@/components/notice"
import {Page} from "@/components/page"
import {Loading, RowsSkeleton} from "@/components/skeleton"
import {useDashboard} from "@/lib/dashboard/dashboard"
import {loadAnew, loadAnewOnce} from "@/lib/load-anew"
import {ProgramMissing} from "@/lib/program"
import {messages} from "@/messages"

/** The moment before it is known who is there: calm, and the same in both cases. */
export function Splash() {
  return <Loading className="min-h-dvh place-content-center justify-items-center"><Logo className="size-12 animate-pulse" /></Loading>
}

/** Who is there could not be found out. */
export function SessionFailed({error, onRetry}: {error: Error; onRetry: () => void}) {
  const title = useDashboard().data?.title ?? messages.product
  return (
    <main className="mx-auto grid max-w-lg gap-5 p-6">
      <h1 className="flex items-center gap-2.5 text-base font-semibold tracking-tight"><Logo className="size-7 shrink-0" /><bdi className="min-w-0 break-words">{title}</bdi></h1>
      <ProblemNotice error={error} onRetry={onRetry} />
    </main>
  )
}

/** In the place of a page whose program is on its way. */
export const PagePending = () => <div className="mx-auto w-full max-w-6xl p-4 md:p-6"><RowsSkeleton rows={4} /></div>

export function PageFailed({error, reset}: ErrorComponentProps) {
  const missing = error instanceof ProgramMissing
  useEffect(() => { if (missing) void loadAnewOnce() }, [missing])
  return <Page title={messages.problems.title}><ProblemNotice error={error} onRetry={missing ? () => { void loadAnew() } : reset} /></Page>
}

export function NotFound() {
  return (
    <Page title={messages.problems.notFound}>
      <Empty icon={Compass} title={messages.problems.notFound} hint={messages.problems.notFoundHint} action={<Button asChild><Link to="/stores">{messages.problems.home}</Link></Button>} />
    </Page>
  )
}
