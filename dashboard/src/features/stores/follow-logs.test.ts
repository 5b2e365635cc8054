import {act, renderHook} from "@testing-library/react"
import {afterEach, beforeEach, expect, test, vi} from "vitest"

import {fakeSoukd} from "@/testing/fake-soukd"
import {setVisible} from "@/testing/visibility"

import {useFollowedLogs} from "./follow-logs"

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

const settle = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))

/** A container that has written so much by now; each follow gets its tail and stays open until it is cut. */
function container() {
  const written = ["web one", "web two"]
  const open: ReadableStreamDefaultController<Uint8Array>[] = []
  const {asked} = fakeSoukd({"GET /api/v1/stores/:id/logs": ({query}) => new Response(new ReadableStream<Uint8Array>({start: (stream) => {
    open.push(stream)
    for (const line of written.slice(-Number(query.get("tail")))) stream.enqueue(new TextEncoder().encode(`${line}\n`))
  }}))})
  const {result} = renderHook(() => useFollowedLogs("str_1", {tail: 100}))
  return {written, open, asked, texts: () => result.current.lines.map(({text}) => text)}
}

test("what was written between an end and the next follow is shown, once", async () => {
  const {written, open, texts} = container()
  await settle(200)
  expect(texts()).toEqual(["one", "two"])
  open[0]?.close()
  written.push("web three", "web four")
  await settle(6000)
  expect(texts()).toEqual(["one", "two", "three", "four"])
})

test("a hidden tab follows nothing, and has it all when it is shown again", async () => {
  const {written, asked, texts} = container()
  await settle(200)
  setVisible(false)
  await settle(40_000)
  expect(asked.map(({signal}) => signal?.aborted)).toEqual([true])
  written.push("web three")
  setVisible(true)
  await settle(3000)
  expect(texts()).toEqual(["one", "two", "three"])
})
