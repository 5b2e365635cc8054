import {useSyncExternalStore} from "react"

/** `md` of the style sheets. */
const wide = () => matchMedia("(min-width: 48rem)")

/** Whether tables have a head. On a phone their rows say by themselves what is what. */
export const useWide = (): boolean => useSyncExternalStore((listener) => {
  const query = wide()
  query.addEventListener("change", listener)
  return () => { query.removeEventListener("change", listener) }
}, () => wide().matches)
