import {useEffect, useRef} from "react"

import {usePreferences} from "@/lib/preferences"

/** A second key must follow the first within this time. */
const SEQUENCE_MS = 1200

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))

/**
 * Keys of the whole page: "mod+k" (Ctrl or ⌘), "?", or two after each other ("g s"). None does anything while a dialog is open; single
 * keys do nothing while somebody types, either, while a menu is open, or when they are turned off.
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const {keys: single} = usePreferences()
  const latest = useRef(keys)
  useEffect(() => { latest.current = keys })
  useEffect(() => {
    let first = ""
    let at = 0
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      if (event.ctrlKey || event.metaKey) {
        const action = latest.current[`mod+${event.key.toLowerCase()}`]
        if (!action) return
        event.preventDefault()
        if (!document.querySelector('[role="dialog"]')) action()
        return
      }
      if (single === "off" || isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"]')) return
      const sequence = first && event.timeStamp - at < SEQUENCE_MS ? latest.current[`${first} ${event.key}`] : undefined
      const action = sequence ?? latest.current[event.key]
      first = event.key
      at = event.timeStamp
      if (!action) return
      event.preventDefault()
      first = ""
      action()
    }
    document.addEventListener("keydown", press)
    return () => { document.removeEventListener("keydown", press) }
  }, [single])
}
