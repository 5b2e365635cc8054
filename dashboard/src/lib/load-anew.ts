const KEY = "souk-reloaded"
const ONCE_MS = 60_000

/** Loads the page anew if soukd answers: without it nothing would be left but the browser's own words. */
export async function loadAnew(): Promise<void> {
  const answers = await fetch(location.href, {method: "HEAD", cache: "no-store"}).then(({ok}) => ok, () => false)
  if (!answers) return
  sessionStorage.setItem(KEY, String(Date.now()))
  location.reload()
}

/** The same without being asked to, once a minute at most. */
export async function loadAnewOnce(): Promise<void> {
  if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) >= ONCE_MS) await loadAnew()
}
