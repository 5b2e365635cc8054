import {useLayoutEffect, type ReactNode} from "react"

/** A window beside so many others that no slot is left for it. */
export function Crowded({children}: {children: ReactNode}) {
  // Before the effects of what is inside, which take slots.
  useLayoutEffect(() => {
    const request = (_: string, __: LockOptions, run: (lock: null) => unknown) => Promise.resolve(run(null))
    Object.defineProperty(navigator, "locks", {configurable: true, value: {request}})
    return () => { Reflect.deleteProperty(navigator, "locks") }
  }, [])
  return children
}
