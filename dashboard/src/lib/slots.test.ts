import {afterEach, beforeEach, expect, test} from "vitest"

import {fakeLocks, noLocks} from "@/testing/fake-locks"

import {takeSlot} from "./slots"

beforeEach(() => { fakeLocks() })
afterEach(() => { noLocks() })

const settle = () => new Promise((resolve) => { setTimeout(resolve) })

test("so many get one, the next gets none until one is given back", async () => {
  const first = await takeSlot("events")
  expect([first, await takeSlot("events")]).not.toContain(null)
  expect(await takeSlot("events")).toBeNull()
  first?.()
  await settle()
  expect(await takeSlot("events")).not.toBeNull()
  expect(await takeSlot("events")).toBeNull()
})

test("who reads logs takes nothing from who waits for events, and leaves connections for questions", async () => {
  let taken = 0
  for (const kind of ["events", "logs"] as const) while (taken < 6 && await takeSlot(kind)) taken++
  expect(await takeSlot("logs")).toBeNull()
  expect(taken).toBe(4)
})

test("where the browser has no locks, or refuses them, nothing is counted", async () => {
  Object.defineProperty(navigator, "locks", {configurable: true, value: {request: () => Promise.reject(new DOMException("no", "SecurityError"))}})
  for (let window = 0; window < 10; window++) expect(await takeSlot("events")).not.toBeNull()
  noLocks()
  for (let window = 0; window < 10; window++) expect(await takeSlot("events")).not.toBeNull()
})
