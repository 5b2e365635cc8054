import {useSyncExternalStore} from "react"

/** One timer for all the ages on a page. It asks the clock, so times are true after the machine slept. */
const EVERY_MS = 1000
let now = new Date()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

const tick = (): void => {
  now = new Date()
  for (const listener of listeners) listener()
}
const visible = (): void => { if (document.visibilityState === "visible") tick() }

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    tick()
    timer = setInterval(tick, EVERY_MS)
    document.addEventListener("visibilitychange", visible)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    document.removeEventListener("visibilitychange", visible)
  }
}

/** Seconds matter for things that run; minutes are enough, and cheaper, for things that are old. */
export function useNow(step: "second" | "minute" = "second"): Date {
  return useSyncExternalStore(subscribe, () => {
    if (step === "second") return now
    if (Math.floor(minute.getTime() / 60_000) !== Math.floor(now.getTime() / 60_000)) minute = now
    return minute
  })
}
let minute = now
