import type {StoreEvent} from "@/lib/events/event"
import {count} from "@/lib/format"
import {toast} from "@/lib/toasts"
import {messages} from "@/messages"

const text = messages.shell.told

type Kind = "ready" | "failed" | "degraded" | "suspended" | "deleted"

function kindOf(event: StoreEvent): Kind | null {
  if (event.type === "store.ready") return "ready"
  if (event.type === "store.deleted") return "deleted"
  if (event.type !== "store.phase") return null
  if (event.phase === "Failed") return "failed"
  if (event.phase === "Degraded") return "degraded"
  return event.phase === "Suspended" ? "suspended" : null
}

const tone = {ready: "good", failed: "bad", degraded: "bad", suspended: "info", deleted: "info"} as const
const GATHER_MS = 500
/** More of a kind at once are told as a number: an outage of 10,000 stores must not be 10,000 toasts. */
const MOST = 4

/** Gathers what ended well or badly, and tells it. */
export class News {
  private gathered = new Map<Kind, Map<string, StoreEvent>>()
  private timer: ReturnType<typeof setTimeout> | undefined

  take(event: StoreEvent): void {
    const kind = kindOf(event)
    if (!kind) return
    this.gathered.set(kind, (this.gathered.get(kind) ?? new Map<string, StoreEvent>()).set(event.store_id, event))
    this.timer ??= setTimeout(() => { this.tell() }, GATHER_MS)
  }

  close(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private tell(): void {
    this.timer = undefined
    const gathered = this.gathered
    this.gathered = new Map()
    for (const [kind, events] of gathered) {
      if (events.size > MOST) toast({tone: tone[kind], title: text.many[kind](count(events.size)), href: kind === "deleted" ? "/activity" : "/stores"})
      else for (const event of events.values()) tell(event, kind)
    }
  }
}

function tell(event: StoreEvent, kind: Kind): void {
  toast({tone: tone[kind], title: text[kind](event.store_name), href: `/stores/${event.store_id}`, ...(event.message && kind !== "ready" ? {text: event.message} : {})})
}
