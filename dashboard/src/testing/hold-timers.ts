import {waitFor} from "@testing-library/react"
import {expect, vi} from "vitest"

/** What waits so many milliseconds waits for the test instead, until its end. @returns ends the oldest such wait, or the next */
export function holdTimers(milliseconds: number): () => Promise<void> {
  const begin = globalThis.setTimeout
  const held: (() => void)[] = []
  const hold = (call: (...given: unknown[]) => void, after?: number, ...given: unknown[]) => {
    if (after === milliseconds) held.push(() => { call(...given) })
    return begin(after === milliseconds ? () => undefined : call, after, ...given)
  }
  vi.spyOn(globalThis, "setTimeout").mockImplementation(hold as typeof setTimeout)
  return async () => {
    await waitFor(() => { expect(held).not.toHaveLength(0) })
    held.shift()?.()
  }
}
