/** The locks of a browser, which all its windows share; happy-dom has none. `noLocks` takes them away again. */
export function fakeLocks(): void {
  const held = new Set<string>()
  const request = async (name: string, _: LockOptions, run: (lock: Lock | null) => unknown): Promise<unknown> => {
    await Promise.resolve()
    if (held.has(name)) return run(null)
    held.add(name)
    try {
      return await run({name, mode: "exclusive"})
    } finally {
      held.delete(name)
    }
  }
  Object.defineProperty(navigator, "locks", {configurable: true, value: {request}})
}

export function noLocks(): void {
  Reflect.deleteProperty(navigator, "locks")
}
