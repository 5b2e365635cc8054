import {QueryClient, QueryClientProvider} from "@tanstack/react-query"
import {act, render} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {EventProvider} from "@/lib/events/provider"
import {fakeSoukd, problem} from "@/testing/fake-soukd"

import {usePods} from "./list-pods"
import {useResources} from "./list-resources"
import {useResource} from "./read-resource"

/** A page that shows a store's objects; how often each was asked for, and the stream it hangs on. */
function shown(pollEvery = 5000) {
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined
  const server = fakeSoukd({
    "GET /api/v1/events": ({query}) => query.has("page_size") ? {events: [], next_page_token: ""} : new Response(new ReadableStream<Uint8Array>({start: (controller) => {
      stream = controller
      controller.enqueue(new TextEncoder().encode("id: 4\n\n"))
    }})),
    "GET /api/v1/stores/:id/resources": () => ({resources: []}),
    "GET /api/v1/stores/:id/resources/:kind/:name": () => ({object: {}, events: []}),
    "GET /api/v1/stores/:id/pods": () => ({pods: []}),
  })
  const Page = () => {
    useResources("str_1")
    useResource("str_1", "Pod", "web-0")
    usePods("str_1")
    return "page"
  }
  const page = render(<QueryClientProvider client={new QueryClient({defaultOptions: {queries: {staleTime: Infinity}}})}><EventProvider waiting="wait" pollEvery={pollEvery} onSignedOut={() => undefined}><Page /></EventProvider></QueryClientProvider>)
  const pass = (milliseconds: number) => act(async () => { await vi.advanceTimersByTimeAsync(milliseconds) })
  return {page, pass, server, stream: () => stream, times: () => ["resources", "web-0", "pods"].map((part) => server.asked.filter(({path}) => path.endsWith(`/${part}`)).length)}
}

test("while the stream lives no timer asks for objects: hints do, and a new connection, for hints are not kept", async () => {
  vi.useFakeTimers()
  const {page, pass, stream, times} = shown()
  const write = (text: string) => { stream()?.enqueue(new TextEncoder().encode(text)) }
  await pass(10)
  expect(page.getByText("page")).toBeVisible()
  for (let i = 0; i < 12; i++) {
    write(": alive\n\n")
    await pass(10_000)
  }
  expect(times()).toEqual([1, 1, 1])
  write('event: objects\ndata: {"stores":["str_1"]}\n\n')
  await pass(10)
  expect(times()).toEqual([2, 2, 2])
  stream()?.close()
  await pass(2000)
  expect(times()).toEqual([3, 3, 3])
  page.unmount()
  vi.useRealTimers()
})

test("where no stream gets through each look asks for objects too", async () => {
  vi.useFakeTimers()
  vi.stubGlobal("WebSocket", class { onclose: ((closed: {reason: string}) => void) | null = null; constructor() { setTimeout(() => this.onclose?.({reason: ""}), 1) } close() { /* it never opened */ } })
  const {pass, page, server, times} = shown(7000)
  const answer = server.handlers["GET /api/v1/events"]
  server.handlers["GET /api/v1/events"] = (asked) => asked.query.has("page_size") ? answer?.(asked) : problem(502, "bad_gateway", "A proxy says no.")
  await pass(20_000)
  const before = times()
  expect(Math.min(...before)).toBeGreaterThan(0)
  await pass(21_000)
  expect(times()).toEqual(before.map((times) => times + 3))
  page.unmount()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
