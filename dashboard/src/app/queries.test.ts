import {onlineManager} from "@tanstack/react-query"
import {afterEach, expect, test, vi} from "vitest"

import {Problem} from "@/lib/api/problem"

import {pauseAfter, queries} from "./queries"

afterEach(() => {
  onlineManager.setOnline(true)
  queries.clear()
})

test("a browser that calls itself offline still asks, and a write fails instead of waiting to be sent later", async () => {
  onlineManager.setOnline(false)
  const refuse = vi.fn(() => Promise.reject(new Problem(404, "not_found", "no")))
  void queries.fetchQuery({queryKey: ["x"], queryFn: refuse}).catch(() => undefined)
  const write = queries.getMutationCache().build(queries, queries.defaultMutationOptions({mutationFn: refuse}))
  void write.execute(undefined).catch(() => undefined)
  await vi.waitFor(() => {
    expect(refuse).toHaveBeenCalledTimes(2)
    expect(write.state.status).toBe("error")
  }, 20_000)
})

test("what fails in passing is asked again three times, after pauses that grow", async () => {
  vi.useFakeTimers()
  const fail = vi.fn(() => Promise.reject(new Problem(503, "unavailable", "no")))
  const told = vi.fn()
  void queries.fetchQuery({queryKey: ["x"], queryFn: fail, retry: queries.getDefaultOptions().queries?.retry ?? false}).catch(told)
  for (const [tries, pause] of [500, 1000, 2000].entries()) {
    await vi.advanceTimersByTimeAsync(pause - 1)
    expect(fail).toHaveBeenCalledTimes(tries + 1)
    await vi.advanceTimersByTimeAsync(1)
    expect(fail).toHaveBeenCalledTimes(tries + 2)
  }
  expect(told).toHaveBeenCalledTimes(1)
  expect(pauseAfter(20)).toBe(8000)
  vi.useRealTimers()
})
