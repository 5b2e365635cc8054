const AWAY_MS = 5_000

/**
 * Whether somebody may look at this tab. One that was hidden for a while gives back the connections that it holds open: a browser has few
 * (slots.ts), and those that are looked at need them.
 */
export function whenSeen(change: (seen: boolean) => void): () => void {
  let seen = true
  let timer: ReturnType<typeof setTimeout> | undefined
  const say = (now: boolean) => {
    if (seen !== now) change(now)
    seen = now
  }
  const look = () => {
    clearTimeout(timer)
    if (document.visibilityState === "hidden") timer = setTimeout(() => { say(false) }, AWAY_MS)
    else say(true)
  }
  document.addEventListener("visibilitychange", look)
  look()
  return () => {
    clearTimeout(timer)
    document.removeEventListener("visibilitychange", look)
  }
}
