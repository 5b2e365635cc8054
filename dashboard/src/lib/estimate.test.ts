import {expect, test} from "vitest"

import {roughly, secondsLeft} from "./estimate"

const now = new Date("2026-11-21T09:30:10Z")
const step = (name: string, state: string, started: string | null = null) => ({name, state, started: started === null ? null : new Date(started), ended: null, message: ""})
const medians = [{step: "data", median_seconds: 20}, {step: "setup", median_seconds: 30}, {step: "checks", median_seconds: 5}]

test("what runs counts for what is left of it, what comes for all of it", () => {
  expect(secondsLeft([step("data", "done"), step("setup", "running", "2026-11-21T09:30:00Z"), step("checks", "pending")], medians, now)).toBe(25)
})

test("a step that takes longer than usual does not shorten those after it", () => {
  expect(secondsLeft([step("setup", "running", "2026-11-21T09:20:00Z"), step("checks", "pending")], medians, now)).toBe(5)
})

test("without earlier runs there is no estimate", () => {
  expect(secondsLeft([step("setup", "running")], [], now)).toBeNull()
})

test("an estimate is said roughly", () => {
  expect([1, 24, 61, 100].map(roughly)).toEqual([5, 25, 90, 120])
})
