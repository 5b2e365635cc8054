import type {StoreEvent} from "@/lib/events/event"

export interface Day {
  /** Midnight of the reader's own day. */
  day: Date
  events: StoreEvent[]
}

/** Events in the order they are given, in days of the reader's own time zone. */
export function byDay(events: readonly StoreEvent[]): Day[] {
  const days: Day[] = []
  for (const event of events) {
    const day = new Date(event.time)
    day.setHours(0, 0, 0, 0)
    const last = days.at(-1)
    if (last?.day.getTime() === day.getTime()) last.events.push(event)
    else days.push({day, events: [event]})
  }
  return days
}
