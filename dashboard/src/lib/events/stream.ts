import {base} from "@/lib/base"
import {takeSlot, type Release} from "@/lib/slots"

import {eventPage, objectHint, place, socketMessage} from "./envelopes"
import {storeEvent, type StoreEvent} from "./event"
import {readSse} from "./sse"

/**
 * How changes reach this page:
 *   live        server-sent events
 *   socket      the same over WebSocket, where a proxy holds server-sent events back or other windows have all slots for them
 *   polling     neither works; the page asks every few seconds, and says so
 *   connecting  between two attempts
 */
export type Channel = "connecting" | "live" | "socket" | "polling"

export interface StreamOptions {
  onEvent: (event: StoreEvent) => void
  /** Events were missed for good: read everything anew. */
  onResync: () => void
  /** Objects of these stores changed. Not repeated: who was away does not know. */
  onObjects: (stores: readonly string[]) => void
  /** Also with each answer when polling. */
  onChannel: (channel: Channel) => void
  onSignedOut: () => void
  /** Milliseconds between two questions when polling, as the settings are by then. */
  pollEvery: () => number
  /** Seams for tests. */
  random?: () => number
  WebSocket?: typeof WebSocket
  fetch?: typeof fetch
}

const PATH = `${base}/api/v1/events`
/** soukd sends at least a comment every 15 s; three of them missing is a dead line that TCP has not noticed. */
const SILENCE_MS = 45_000
const OPEN_WITHIN_MS = 10_000
/** Timers stand still while the machine sleeps, the clock does not: it is asked this often. */
const WATCH_MS = 5000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
/** Attempts with one channel before the next is tried. */
const PATIENCE = 3
/** soukd's reason for closing a socket whose session has ended. */
const ENDED = "unauthenticated"

/** The one stream of a tab. Resumes after the last event it has seen; ends with `close`. */
export class EventStream {
  private last = ""
  private attempts = 0
  private failures = 0
  private kind: "events" | "socket" | "poll" = "events"
  private closed = false
  private connected = false
  /** When soukd said something, by the clock. */
  private heard = 0
  /** When polling: soukd did not answer the last time. */
  private away = false
  private etag = ""
  private polls = 0
  private end: () => void = () => undefined
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly options: StreamOptions) {
    this.connect()
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.end()
  }

  /** Nobody looks: gives the connection back until `retryNow`, and keeps the place. */
  pause(): void {
    clearTimeout(this.timer)
    this.end()
    this.end = () => undefined
    this.connected = false
    if (!this.closed) this.options.onChannel("connecting")
  }

  /** The machine woke up or the network came back: do not wait for the pause, nor believe a line that was silent meanwhile. */
  retryNow(): void {
    if (this.closed || (this.connected && Date.now() - this.heard < SILENCE_MS)) return
    clearTimeout(this.timer)
    this.end()
    this.connect()
  }

  private connect(): void {
    this.connected = false
    if (this.kind !== "poll") this.options.onChannel("connecting")
    if (this.kind === "events") void this.openEither()
    else if (this.kind === "socket") this.openSocket()
    else void this.poll()
  }

  private opened(channel: Channel): void {
    this.connected = true
    this.attempts = 0
    this.failures = 0
    this.away = false
    this.options.onChannel(channel)
  }

  private take(event: StoreEvent): void {
    if (Number(this.last || 0) >= event.number) return
    this.last = String(event.number)
    this.options.onEvent(event)
  }

  private resync(number: number | undefined): void {
    if (number !== undefined) this.last = String(number)
    this.options.onResync()
  }

  /** Ends this attempt and makes the next one after a pause with jitter. */
  private again(): void {
    this.end()
    this.end = () => undefined
    if (this.closed) return
    this.connected = false
    this.failures += 1
    if (this.failures >= PATIENCE) {
      this.failures = 0
      this.kind = this.kind === "events" ? "socket" : "poll"
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.attempts++)
    if (this.kind !== "poll") this.options.onChannel("connecting")
    this.timer = setTimeout(() => { this.connect() }, pause * (0.5 + (this.options.random ?? Math.random)() / 2))
  }

  /** A socket is none of the few connections that windows share, and as live. */
  private async openEither(): Promise<void> {
    const abort = new AbortController()
    this.end = () => { abort.abort() }
    const release = await takeSlot("events")
    if (abort.signal.aborted) release?.()
    else if (release) this.openEvents(release)
    else this.openSocket()
  }

  private openEvents(release: Release): void {
    const abort = new AbortController()
    const watch = this.watchdog(() => { this.again() })
    this.end = () => { watch.stop(); abort.abort(); release() }
    void this.readEvents(abort.signal, watch.alive).catch(() => undefined).then(() => {
      if (!abort.signal.aborted) this.again() // an end is an end, whatever its cause
    })
  }

  private async readEvents(signal: AbortSignal, alive: () => void): Promise<void> {
    const response = await (this.options.fetch ?? fetch)(PATH, {
      signal,
      credentials: "same-origin",
      cache: "no-store",
      headers: {Accept: "text/event-stream", ...(this.last ? {"Last-Event-ID": this.last} : {})},
    })
    if (response.status === 401) this.options.onSignedOut()
    if (!response.ok || !response.body) return
    // Headers are no proof: a proxy may pass them on and hold the body back. soukd says at once where the stream begins.
    let live = false
    const heard = () => {
      alive()
      if (!live) this.opened("live")
      live = true
    }
    await readSse(response.body, ({event, data, id}) => {
      if (event === "resync") this.resync(place.parse(parse(data)).number)
      else if (event === "objects") this.options.onObjects(objectHint.safeParse(parse(data)).data?.stores ?? [])
      else if (data) {
        const told = storeEvent.safeParse(parse(data))
        if (told.success) this.take(told.data)
      } else if (id) this.last ||= id // where the stream begins: who is cut off before the first event misses none
    }, heard)
  }

  private openSocket(): void {
    const url = new URL(`${PATH}/ws`, location.href)
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
    if (this.last) url.searchParams.set("after", this.last)
    const socket = new (this.options.WebSocket ?? WebSocket)(url)
    const watch = this.watchdog(() => { this.again() })
    // A script sees nothing of the protocol's pings: soukd answers any message, so a line that is only quiet is told from a dead one.
    const asking = setInterval(() => { if (socket.readyState === socket.OPEN) socket.send('{"type":"ping"}') }, SILENCE_MS / 3)
    this.end = () => { clearInterval(asking); watch.stop(); socket.onclose = null; socket.close() }
    socket.onclose = ({reason}) => {
      if (reason === ENDED) this.options.onSignedOut()
      this.again()
    }
    socket.onmessage = (message) => {
      watch.alive()
      const told = socketMessage.safeParse(parse(String(message.data)))
      if (!told.success) return
      if (told.data.type === "ready") {
        this.last ||= String(told.data.number ?? "") // as a stream's `id` before its first event
        this.opened("socket")
      } else if (told.data.type === "event") this.take(told.data.event)
      else if (told.data.type === "objects") this.options.onObjects(told.data.stores)
      else this.resync(told.data.number)
    }
  }

  private async poll(): Promise<void> {
    const abort = new AbortController()
    this.end = () => { abort.abort() }
    // A soukd that was away and answers again gets the better ways first; one that answers while they fail is behind a wall.
    const wasAway = this.away
    try {
      const answer = await (this.options.fetch ?? fetch)(`${PATH}?page_size=1`, {
        signal: AbortSignal.any([abort.signal, AbortSignal.timeout(OPEN_WITHIN_MS)]),
        credentials: "same-origin",
        headers: {Accept: "application/json", ...(this.etag ? {"If-None-Match": this.etag} : {})},
      })
      if (answer.status === 401) this.options.onSignedOut()
      this.away = answer.status >= 500
      if (!this.away) {
        this.connected = true
        this.heard = Date.now()
        this.options.onChannel("polling")
      }
      if (answer.ok) {
        this.etag = answer.headers.get("ETag") ?? ""
        const newest = eventPage.safeParse(await answer.json()).data?.events[0]?.number
        if (newest !== undefined && String(newest) !== this.last) this.resync(newest)
      }
    } catch {
      this.away = true
    }
    if (this.closed || abort.signal.aborted) return
    if (this.away) {
      this.connected = false
      this.options.onChannel("connecting")
    }
    // Every now and then the better ways get another chance.
    if ((wasAway && !this.away) || ++this.polls % 10 === 0) this.kind = "events"
    this.timer = setTimeout(() => { this.connect() }, this.kind === "events" ? 0 : this.options.pollEvery())
  }

  private watchdog(dead: () => void): {alive: () => void; stop: () => void} {
    this.heard = Date.now()
    let patience = OPEN_WITHIN_MS
    const timer = setInterval(() => { if (Date.now() - this.heard >= patience) dead() }, WATCH_MS)
    return {
      alive: () => {
        this.heard = Date.now()
        patience = SILENCE_MS
      },
      stop: () => { clearInterval(timer) },
    }
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
