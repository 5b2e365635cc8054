import {CircleX, Info, TriangleAlert} from "lucide-react"
import type {ReactNode} from "react"

import {Problem} from "@/lib/api/problem"
import {cn} from "@/lib/cn"
import {messages} from "@/messages"

import {Button} from "./button"

const LOOKS = {
  bad: {icon: CircleX, classes: "bg-bad-soft text-bad"},
  warn: {icon: TriangleAlert, classes: "bg-warn-soft text-warn"},
  info: {icon: Info, classes: "bg-raised text-ink-soft"},
} as const

export function Notice({tone = "info", title, children, action}: {tone?: keyof typeof LOOKS; title: string; children?: ReactNode; action?: ReactNode}) {
  const {icon: Icon, classes} = LOOKS[tone]
  return (
    <div role={tone === "bad" ? "alert" : "status"} className={cn("flex flex-wrap items-start gap-3 rounded-xl p-4", classes)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{title}</p>
        {children && <div className="mt-1 break-words text-ink">{children}</div>}
      </div>
      {action}
    </div>
  )
}

/** What a failed request says: one sentence, the number to name when asking for help, and a way on: `action`, or else another try. */
export function ProblemNotice({error, onRetry, action}: {error: unknown; onRetry?: () => void; action?: ReactNode}) {
  const problem = error instanceof Problem ? error : null
  return (
    <Notice tone="bad" title={messages.problems.title} action={action || (onRetry && <Button size="small" onClick={onRetry}>{messages.common.retry}</Button>)}>
      <p>{problem ? problem.message : messages.problems.crash}</p>
      {problem?.requestId && <p className="mt-1 font-mono text-xs text-ink-soft">{messages.problems.request(problem.requestId)}</p>}
    </Notice>
  )
}
