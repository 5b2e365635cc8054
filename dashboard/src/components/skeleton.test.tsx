import {act, screen} from "@testing-library/react"
import {afterEach, beforeEach, expect, test, vi} from "vitest"

import {renderAlone} from "@/testing/render"

import {Bone, CardSkeleton, CardsSkeleton, Loading, RowsSkeleton} from "./skeleton"

const SLOW = "The answer is slow; it comes by itself."

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

test.each([
  ["rows", <RowsSkeleton key="rows" />],
  ["a card", <CardSkeleton key="card" />],
  ["several cards", <CardsSkeleton key="cards" lines={[1, 3]} />],
  ["bones of one's own", <Loading key="bones"><Bone /></Loading>],
])("%s: a slow answer is told once, and not before it is slow", (_, shown) => {
  renderAlone(shown)
  act(() => { vi.advanceTimersByTime(4900) })
  expect(screen.queryByText(SLOW)).toBeNull()
  act(() => { vi.advanceTimersByTime(200) })
  expect(screen.getAllByText(SLOW)).toHaveLength(1)
  expect(screen.getAllByRole("status", {name: "Loading"})).toHaveLength(1)
})
