import {afterEach, beforeEach, expect, test, vi} from "vitest"

import {takeSlot} from "@/lib/slots"
import {fakeLocks, noLocks} from "@/testing/fake-locks"
import {anEvent} from "@/testing/samples"

import {EventStream, type Channel} from "./stream"

const event = (number: number) => anEvent({number})

/** A server whose connections the test opens, writes to and breaks. */
class Server {
  readonly asked: string[] = []
  private writers: WritableStreamDefaultWriter<Uint8Array>[] = []
  refuse = false
  readonly fetch = ((_: unknown, init?: RequestInit) => {
    this.asked.push(new Headers(init?.headers).get("Last-Event-ID") ?? "")
    if (this.refuse) return Promise.reject(new TypeError("no"))
    const pipe = new TransformStream<Uint8Array, Uint8Array>()
    this.writers.push(pipe.writable.getWriter())
    return Promise.resolve(new Response(pipe.readable))
  }) as typeof fetch
  write(text: string): void { void this.writers.at(-1)?.write(new TextEncoder().encode(text)) }
  send(number: number): void { this.write(`id: ${number}\nevent: store.phase\ndata: ${JSON.stringify(event(number))}\n\n`) }
  cut(): void { void this.writers.at(-1)?.close() }
}

let server: Server
let seen: number[]
let channels: Channel[]
let resyncs: number
let hints: string[]
let signedOut: number
let stream: EventStream | undefined

const start = (random = 0): EventStream => stream = new EventStream({
  fetch: server.fetch, pollEvery: () => 5000, random: () => random,
  onEvent: (e) => seen.push(e.number), onResync: () => { resyncs++ }, onObjects: (stores) => hints.push(...stores), onChannel: (c) => channels.push(c), onSignedOut: () => { signedOut++ },
})
const settle = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds)

beforeEach(() => {
  vi.useFakeTimers()
  server = new Server()
  seen = []
  channels = []
  resyncs = 0
  hints = []
  signedOut = 0
})
afterEach(() => {
  stream?.close()
  noLocks()
  vi.useRealTimers()
})

test("events arrive once and in order, also when they come in pieces", async () => {
  start()
  await settle()
  const text = `retry: 500\nid: 4\n\nid: 5\nevent: store.phase\ndata: ${JSON.stringify(event(5))}\n\n`
  for (const piece of [text.slice(0, 30), text.slice(30, 31), text.slice(31)]) { server.write(piece); await settle() }
  server.send(5)
  server.send(6)
  await settle()
  expect(seen).toEqual([5, 6])
  expect(channels).toEqual(["connecting", "live"])
})

test("a cut connection goes on after the last event", async () => {
  start()
  await settle()
  server.write("id: 4\n\n")
  server.send(5)
  await settle()
  server.cut()
  await settle(1000)
  server.write("id: 5\n\n")
  await settle()
  expect(server.asked).toEqual(["", "5"])
  expect(channels.at(-1)).toBe("live")
})

test("one that is cut before its first event starts where the first stream began", async () => {
  start()
  await settle()
  server.write("id: 4\n\n")
  await settle()
  server.cut()
  await settle(1000)
  expect(server.asked).toEqual(["", "4"])
})

test("a resync is told and sets the number", async () => {
  start()
  await settle()
  server.write('event: resync\ndata: {"number":90}\n\n')
  server.send(91)
  await settle()
  expect(resyncs).toBe(1)
  expect(seen).toEqual([91])
})

test("a hint names its stores and moves no place", async () => {
  start()
  await settle()
  server.send(5)
  server.write('event: objects\ndata: {"stores":["str_1","str_2"]}\n\nevent: objects\ndata: {"stores":7}\n\n')
  await settle()
  server.cut()
  await settle(1000)
  expect(hints).toEqual(["str_1", "str_2"])
  expect([server.asked, seen, resyncs]).toEqual([["", "5"], [5], 0])
})

test("a line that is silent for too long is dead; comments are a sign of life", async () => {
  start()
  await settle()
  for (let i = 0; i < 5; i++) { server.write(": alive\n\n"); await settle(15_000) }
  expect(server.asked).toHaveLength(1)
  await settle(35_000)
  expect(server.asked).toHaveLength(2)
})

test.each([[0, [250, 500]], [1, [500, 1000]]])("tabs that lost soukd together do not come back together: by chance %s the pauses are %s ms", async (random, pauses) => {
  server.refuse = true
  start(random)
  await settle()
  let asked = 1
  for (const pause of pauses) {
    await settle(pause - 1)
    expect(server.asked).toHaveLength(asked)
    await settle(1)
    expect(server.asked).toHaveLength(++asked)
  }
})

test("a closed stream asks for nothing more", async () => {
  server.refuse = true
  start()
  await settle(100)
  stream?.close()
  const asked = server.asked.length
  await settle(60_000)
  expect(server.asked).toHaveLength(asked)
})

/** Refuses streams and sockets; answers pages as the test says. */
const polled = (page: () => Response | Error) => {
  const asked: Headers[] = []
  stream = new EventStream({
    fetch: ((input: string, init?: RequestInit) => {
      if (!input.includes("page_size")) return Promise.reject(new TypeError("no"))
      asked.push(new Headers(init?.headers))
      const answer = page()
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    }) as typeof fetch,
    WebSocket: class { onclose: ((closed: {reason: string}) => void) | null = null; constructor() { setTimeout(() => this.onclose?.({reason: ""}), 1) } close() { /* it never opened */ } } as unknown as typeof WebSocket,
    pollEvery: () => 5000, random: () => 0,
    onEvent: (e) => seen.push(e.number), onResync: () => { resyncs++ }, onObjects: (stores) => hints.push(...stores), onChannel: (c) => channels.push(c), onSignedOut: () => { signedOut++ },
  })
  return asked
}

test("where neither stream nor socket gets through, pages are asked with their ETag and it is said", async () => {
  const asked = polled(() => Response.json({events: [event(7)], next_page_token: "older"}, {headers: {ETag: '"7"'}}))
  await settle(40_000)
  expect(channels).toContain("polling")
  expect(resyncs).toBe(1)
  expect(asked[0]?.has("If-None-Match")).toBe(false)
  expect(asked[1]?.get("If-None-Match")).toBe('"7"')
})

test("a soukd that is away is not called a blocked network", async () => {
  polled(() => new TypeError("away"))
  await settle(60_000)
  expect(channels).not.toContain("polling")
  expect(channels.at(-1)).toBe("connecting")
})

/** A proxy that holds bodies back: streams give their headers and no word. Sockets are the test's. */
const behindProxy = () => {
  const sockets: Socket[] = []
  class Socket {
    onclose: ((closed: {reason: string}) => void) | null = null
    onmessage: ((message: {data: string}) => void) | null = null
    readonly OPEN = 1
    readonly readyState = 1
    /** soukd, while it is there, answers any message. */
    deaf = false
    send() { if (!this.deaf) this.say({type: "alive"}) }
    constructor(readonly url: URL) { sockets.push(this) }
    close() { /* nobody hears it */ }
    say(message: object) { this.onmessage?.({data: JSON.stringify(message)}) }
  }
  stream = new EventStream({
    fetch: (() => Promise.resolve(new Response(new ReadableStream()))) as typeof fetch,
    WebSocket: Socket as unknown as typeof WebSocket,
    pollEvery: () => 5000, random: () => 0,
    onEvent: (e) => seen.push(e.number), onResync: () => { resyncs++ }, onObjects: (stores) => hints.push(...stores), onChannel: (c) => channels.push(c), onSignedOut: () => { signedOut++ },
  })
  return sockets
}

test("a stream whose body is held back is not live; the socket takes over", async () => {
  const sockets = behindProxy()
  await settle(40_000)
  expect(channels).not.toContain("live")
  sockets[0]?.say({type: "ready", number: 4})
  sockets[0]?.say({type: "event", event: event(5)})
  sockets[0]?.say({type: "objects", stores: ["str_1"]})
  expect([channels.at(-1), seen, hints]).toEqual(["socket", [5], ["str_1"]])
})

test("what no contract knows changes nothing, be it a message, an event or a page; missed events count in any case", async () => {
  const sockets = behindProxy()
  await settle(40_000)
  sockets[0]?.say({type: "ready", number: 4})
  for (const strange of [{type: "tomorrow", number: 5}, {type: "event", event: {number: 5}}, {type: "event"}, {}]) sockets[0]?.say(strange)
  sockets[0]?.onmessage?.({data: "no JSON"})
  expect([channels.at(-1), seen, resyncs]).toEqual(["socket", [], 0])
  sockets[0]?.say({type: "resync"})
  sockets[0]?.say({type: "event", event: event(5)})
  expect([seen, resyncs]).toEqual([[5], 1])
})

test("a page of which nothing can be read is no news", async () => {
  polled(() => Response.json({events: [{number: 9}]}))
  await settle(40_000)
  expect(channels).toContain("polling")
  expect(resyncs).toBe(0)
})

test("a socket on a quiet platform stays while soukd answers, and goes when it does not", async () => {
  const sockets = behindProxy()
  await settle(40_000)
  sockets[0]?.say({type: "ready", number: 4})
  await settle(120_000)
  expect([sockets.length, channels.at(-1)]).toEqual([1, "socket"])
  if (sockets[0]) sockets[0].deaf = true
  await settle(60_000)
  expect(sockets.length).toBeGreaterThan(1)
})

test("after sleep a line that was silent meanwhile is not called live", async () => {
  start()
  await settle()
  server.write("id: 4\n\n")
  await settle()
  expect(channels.at(-1)).toBe("live")
  vi.setSystemTime(Date.now() + 3_600_000) // the clock goes on, timers do not
  stream?.retryNow()
  expect(channels.at(-1)).toBe("connecting")
  await settle(1000)
  expect(server.asked).toEqual(["", "4"])
})

test("where nothing tells of the waking, the watch finds it by itself within seconds", async () => {
  start()
  await settle()
  server.write("id: 4\n\n")
  await settle()
  vi.setSystemTime(Date.now() + 3_600_000)
  await settle(7000)
  expect(server.asked).toEqual(["", "4"])
})

/** A window beside so many others that it gets no slot for server-sent events. */
const crowded = async () => {
  fakeLocks()
  const others = [await takeSlot("events"), await takeSlot("events")]
  const sockets = behindProxy()
  await settle()
  return {sockets, leave: () => { others[0]?.() }}
}

test("where other windows have all slots a socket carries events, at once", async () => {
  const {sockets} = await crowded()
  sockets[0]?.say({type: "ready", number: 4})
  sockets[0]?.say({type: "event", event: event(5)})
  expect([sockets.length, channels, seen]).toEqual([1, ["connecting", "socket"], [5]])
})

test("a socket that is cut before its first event goes on where it began", async () => {
  const {sockets} = await crowded()
  sockets[0]?.say({type: "ready", number: 4})
  sockets[0]?.onclose?.({reason: ""})
  await settle(1000)
  expect(sockets.map(({url}) => url.searchParams.get("after"))).toEqual([null, "4"])
  expect(signedOut).toBe(0)
})

test("the end of a session is told by its socket, too", async () => {
  const {sockets} = await crowded()
  sockets[0]?.say({type: "ready", number: 4})
  sockets[0]?.onclose?.({reason: "unauthenticated"})
  expect(signedOut).toBe(1)
})

test("when a slot is free again, the next attempt takes it", async () => {
  const {sockets, leave} = await crowded()
  leave()
  sockets[0]?.onclose?.({reason: ""})
  await settle(1000)
  expect([sockets.length, await takeSlot("events")]).toEqual([1, null])
})

test.each([
  ["is cut", () => { server.cut() }],
  ["is paused", () => { stream?.pause() }],
  ["is closed", () => { stream?.close() }],
])("a stream that %s gives its slot to another window", async (_, end) => {
  fakeLocks()
  start()
  await settle()
  expect([await takeSlot("events"), await takeSlot("events")].at(-1)).toBeNull()
  end()
  await settle(100)
  expect(await takeSlot("events")).not.toBeNull()
})
