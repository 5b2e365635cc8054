import {afterEach, beforeEach, expect, test, vi} from "vitest"

import {storeEvent} from "@/lib/events/event"
import * as toasts from "@/lib/toasts"
import {fakeSoukd} from "@/testing/fake-soukd"
import {anEvent} from "@/testing/samples"

import {News} from "./news"

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

const told = (id: string, phase: string) => storeEvent.parse(anEvent({store_id: id, store_name: `Shop ${id}`, phase, message: ""}))

test("an outage of many stores is one toast and no question; a few are told by name", async () => {
  const {asked} = fakeSoukd({})
  const toast = vi.spyOn(toasts, "toast")
  const news = new News()
  for (let i = 0; i < 1000; i++) news.take(told(`str_${i}`, "Degraded"))
  news.take(told("str_a", "Suspended"))
  news.take(told("str_a", "Suspended"))
  await vi.advanceTimersByTimeAsync(1000)
  expect(toast.mock.calls.map(([{title, href}]) => [title, href])).toEqual([["1,000 stores are degraded", "/stores"], ["Shop str_a is suspended", "/stores/str_a"]])
  expect(asked).toHaveLength(0)
})
