/**
 * Over HTTP/1.1 a browser opens six connections to one soukd, for all its windows together. What holds one open for long takes a slot
 * first; so two are left to the questions of all windows, however many there are.
 */
const SLOTS = {events: 2, logs: 2} as const

/** Gives a slot back. */
export type Release = () => void

/**
 * @returns null: other windows have all of them. A window that is closed gives back what it had. Where a browser has no locks (over plain
 * HTTP at a name that is not loopback) or refuses them, nothing is counted.
 */
export async function takeSlot(kind: keyof typeof SLOTS): Promise<Release | null> {
  const locks = navigator.locks as LockManager | undefined
  if (!locks) return () => undefined
  for (let slot = 1; slot <= SLOTS[kind]; slot++) {
    const release = await tryLock(locks, `souk-${kind}-${slot}`)
    if (release) return release
  }
  return null
}

const tryLock = (locks: LockManager, name: string): Promise<Release | null> => new Promise((resolve) => {
  locks.request(name, {ifAvailable: true}, (lock) => {
    if (lock) return new Promise<void>((release) => { resolve(release) })
    resolve(null)
    return undefined
  }).catch(() => { resolve(() => undefined) })
})
