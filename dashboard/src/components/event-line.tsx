import {CheckCheck, CircleDot, Flag, KeyRound, ListChecks, Pencil, Plus, Trash2, type LucideIcon} from "lucide-react"
import type {ReactNode} from "react"

import {cn} from "@/lib/cn"
import type {StoreEvent} from "@/lib/events/event"
import {lookOf} from "@/lib/phase"
import type {Tone} from "@/lib/tone"
import {conditionWord, eventWord, messages, operationStateWord, phaseWord, stepWord} from "@/messages"

import {TONES} from "./badge"
import {When} from "./when"

const ICONS: Record<string, LucideIcon> = {
  "store.requested": Plus, "store.ready": CheckCheck, "store.condition": Flag, "store.renamed": Pencil, "store.deleted": Trash2, "store.credentials_revealed": KeyRound,
  "operation.started": ListChecks, "operation.cancelling": ListChecks, "operation.ended": ListChecks,
}
const STATES: Record<string, Tone> = {done: "good", succeeded: "good", failed: "bad", running: "busy", aborted: "warn"}

function toneOf(event: StoreEvent): Tone {
  if (event.type === "store.phase") return lookOf(event.phase).tone
  if (event.type === "store.ready") return "good"
  return STATES[event.state ?? ""] ?? "still"
}

/** What an event is about, in words: the step, the phase, the condition. */
function subject(event: StoreEvent): string {
  if (event.type === "store.step" && event.step) return `${stepWord(event.step)}: ${messages.stepStates[event.state ?? ""] ?? event.state ?? ""}`
  if (event.type === "store.phase") return phaseWord(event.phase)
  if (event.type === "store.condition" && event.condition) return `${conditionWord(event.condition)}: ${event.state === "true" ? messages.common.yes : messages.common.no}`
  if (event.type === "operation.ended") return `${eventWord(event.type)}: ${operationStateWord(event.state ?? "")}`
  return eventWord(event.type)
}

/** One event as a line of a list. `store` says whose, where that is not clear. */
export function EventLine({event, store}: {event: StoreEvent; store?: ReactNode}) {
  const Icon = event.type === "store.phase" ? lookOf(event.phase).icon : ICONS[event.type] ?? CircleDot
  return (
    <div className="flex items-start gap-3">
      <span className={cn("mt-0.5 grid size-6 shrink-0 place-items-center rounded-full", TONES[toneOf(event)])}><Icon aria-hidden className="size-3.5" /></span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {store}<span className="font-medium">{subject(event)}</span>
          <span className="ml-auto text-xs whitespace-nowrap text-ink-soft"><When at={event.time} /></span>
        </p>
        {event.message && <p className="text-[13px] break-words text-ink-soft"><bdi>{event.message}</bdi></p>}
      </div>
    </div>
  )
}
