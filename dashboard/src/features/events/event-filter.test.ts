import {expect, test} from "vitest"

import {storeEvent} from "@/lib/events/event"
import {anEvent} from "@/testing/samples"

import {byDay} from "./by-day"
import {filterOf} from "./event-filter"

test("days are the reader's own", () => {
  const at = (time: Date) => storeEvent.parse(anEvent({time: time.toISOString(), number: time.getTime()}))
  const days = byDay([at(new Date(2026, 10, 21, 0, 0, 1)), at(new Date(2026, 10, 20, 23, 59, 59)), at(new Date(2026, 10, 20, 0, 0, 0))])
  expect(days.map(({day, events}) => [day.getDate(), events.length])).toEqual([[21, 1], [20, 2]])
})

test("a filter's days reach from their beginning to their end", () => {
  const {since, until} = filterOf({since: "2026-11-20", until: "2026-11-20"})
  expect(new Date(until ?? 0).getTime() - new Date(since ?? 0).getTime()).toBe(86_400_000 - 1)
  expect(new Date(since ?? 0).getHours()).toBe(0)
})
