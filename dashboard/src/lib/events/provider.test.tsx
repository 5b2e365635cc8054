import {QueryClient, QueryClientProvider, useQuery} from "@tanstack/react-query"
import {act, render, waitFor} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {fakeSoukd} from "@/testing/fake-soukd"
import {setVisible} from "@/testing/visibility"

import {EventProvider} from "./provider"

const open = () => new Response(new ReadableStream({start: (stream) => { stream.enqueue(new TextEncoder().encode("id: 4\n\n")) }}))

test("settings that come later leave the stream alone", async () => {
  const {asked} = fakeSoukd({"GET /api/v1/events": open})
  const queries = new QueryClient()
  const page = (pollEvery: number) => <QueryClientProvider client={queries}><EventProvider waiting="wait" pollEvery={pollEvery} onSignedOut={() => undefined}>page</EventProvider></QueryClientProvider>
  const {rerender, findByText, getByText} = render(page(5000))
  expect(getByText("wait")).toBeVisible()
  await findByText("page")
  await act(async () => {
    rerender(page(15_000))
    await Promise.resolve()
  })
  expect(asked).toHaveLength(1)
})

test("after events were missed everything that is shown is read again, once", async () => {
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined
  const write = (text: string) => act(async () => {
    stream?.enqueue(new TextEncoder().encode(text))
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  })
  fakeSoukd({"GET /api/v1/events": () => new Response(new ReadableStream<Uint8Array>({start: (controller) => {
    stream = controller
    controller.enqueue(new TextEncoder().encode("id: 4\n\n"))
  }}))})
  const read = vi.fn((key: string) => key)
  const Page = () => {
    useQuery({queryKey: ["stores"], queryFn: () => read("stores"), staleTime: Infinity})
    useQuery({queryKey: ["stats"], queryFn: () => read("stats"), staleTime: Infinity})
    return "page"
  }
  const queries = new QueryClient()
  queries.setQueryData(["elsewhere"], 1)
  const page = render(<QueryClientProvider client={queries}><EventProvider waiting="wait" pollEvery={5000} onSignedOut={() => undefined}><Page /></EventProvider></QueryClientProvider>)
  await page.findByText("page")
  await waitFor(() => { expect(read).toHaveBeenCalledTimes(2) })
  await write(": alive\n\n")
  expect(read).toHaveBeenCalledTimes(2)
  await write('event: resync\ndata: {"number":90}\n\n')
  await waitFor(() => { expect(read.mock.calls.map(([key]) => key)).toEqual(["stores", "stats", "stores", "stats"]) })
  expect(queries.getQueryState(["elsewhere"])?.isInvalidated).toBe(true)
})

test("a tab that was hidden for a while gives its connection back, and goes on where it was when it is shown", async () => {
  const {asked} = fakeSoukd({"GET /api/v1/events": open})
  const page = render(<QueryClientProvider client={new QueryClient()}><EventProvider waiting="wait" pollEvery={5000} onSignedOut={() => undefined}>page</EventProvider></QueryClientProvider>)
  await page.findByText("page")
  vi.useFakeTimers()
  const hidden = (milliseconds: number) => act(async () => {
    setVisible(false)
    await vi.advanceTimersByTimeAsync(milliseconds)
  })
  await hidden(3_000)
  expect(asked[0]?.signal?.aborted).toBe(false)
  act(() => { setVisible(true) })
  await hidden(40_000)
  expect(asked[0]?.signal?.aborted).toBe(true)
  expect(asked).toHaveLength(1)
  await act(async () => {
    setVisible(true)
    await vi.advanceTimersByTimeAsync(100)
  })
  expect(asked.map(({headers}) => headers.get("Last-Event-ID"))).toEqual([null, "4"])
  vi.useRealTimers()
})
