import {act, screen} from "@testing-library/react"
import {afterEach, beforeEach, expect, test, vi} from "vitest"

import {renderAlone} from "@/testing/render"

import {Lasting, When} from "./when"

const BEGIN = new Date("2026-11-21T09:30:00Z")
const AFTER_SLEEP = new Date("2026-11-21T12:30:00Z")

beforeEach(() => { vi.useFakeTimers({now: BEGIN}) })
afterEach(() => { vi.useRealTimers() })

const shown = () => screen.getByTestId("ages").textContent
const Ages = () => <p data-testid="ages"><When at={BEGIN} />, <Lasting from={BEGIN} to={null} /></p>

test("ages grow by the clock", () => {
  renderAlone(<Ages />)
  expect(shown()).toBe("now, 0 s")
  act(() => { vi.advanceTimersByTime(61_000) })
  expect(shown()).toBe("1 minute ago, 1 min 1 s")
})

test("they are true at the moment a machine wakes, although no timer ran while it slept", () => {
  renderAlone(<Ages />)
  vi.setSystemTime(AFTER_SLEEP)
  expect(shown()).toBe("now, 0 s")
  act(() => { document.dispatchEvent(new Event("visibilitychange")) })
  expect(shown()).toBe("3 hours ago, 3 h 0 min")
})

test("what has just happened, by a clock that is ahead of this one, is not of the future", () => {
  renderAlone(<When at={new Date(BEGIN.getTime() + 5000)} />)
  expect(screen.getByText("now")).toBeVisible()
})
