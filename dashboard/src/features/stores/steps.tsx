import {Check, Circle, LoaderCircle, X, type LucideIcon} from "lucide-react"
import type {ReactNode} from "react"

import {Lasting} from "@/components/when"
import type {StepRecord} from "@/lib/api/common"
import {cn} from "@/lib/cn"
import type {StepMedian} from "@/lib/estimate"
import {duration} from "@/lib/format"
import {messages, stepWord} from "@/messages"

const LOOKS: Record<string, {icon: LucideIcon; classes: string}> = {
  done: {icon: Check, classes: "bg-good-soft text-good"},
  running: {icon: LoaderCircle, classes: "bg-busy-soft text-busy"},
  failed: {icon: X, classes: "bg-bad-soft text-bad"},
}
const PENDING = {icon: Circle, classes: "bg-raised text-ink-soft"}

export interface StepsProps {
  steps: readonly StepRecord[]
  /** How long each took before, beside those that are to come. */
  medians?: readonly StepMedian[]
  /** Under the running step. */
  below?: ReactNode
}

/** The steps of a creation or deletion with their times, and under the running one what it waits for. */
export function Steps({steps, medians = [], below}: StepsProps) {
  return (
    <ol className="grid">
      {steps.map((step, index) => {
        const {icon: Icon, classes} = LOOKS[step.state] ?? PENDING
        const running = step.state === "running"
        const usual = medians.find((median) => median.step === step.name)?.median_seconds
        return (
          <li key={step.name} aria-current={running ? "step" : undefined} className="relative grid grid-cols-[1.5rem_minmax(0,1fr)_auto] gap-x-3 pb-3 last:pb-0">
            {index < steps.length - 1 && <span aria-hidden className={cn("absolute top-6 bottom-0 left-3 w-px bg-line", step.state === "done" && "bg-good/40")} />}
            <span className={cn("z-[1] grid size-6 place-items-center rounded-full", classes)}><Icon aria-hidden className={cn("size-3.5", running && "animate-spin", step.state === "pending" && "size-2")} /></span>
            <span className={cn("pt-0.5", step.state === "pending" && "text-ink-soft", running && "font-medium")}>
              {stepWord(step.name)} <span className="sr-only">({messages.stepStates[step.state] ?? step.state})</span>
            </span>
            <span className="pt-0.5 text-xs text-ink-soft tabular-nums">
              {step.started ? <Lasting from={step.started} to={running ? null : step.ended ?? step.started} /> : usual !== undefined && usual >= 1 && messages.stores.steps.usually(duration(Math.round(usual) * 1000))}
            </span>
            {step.message && step.state !== "done" && <p className={cn("col-start-2 col-end-4 text-[13px] break-words text-ink-soft", step.state === "failed" && "text-bad")}><bdi>{step.message}</bdi></p>}
            {running && below && <div className="col-start-2 col-end-4 mt-2 min-w-0">{below}</div>}
          </li>
        )
      })}
    </ol>
  )
}
