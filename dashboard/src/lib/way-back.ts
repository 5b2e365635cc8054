/** Where the keyboard goes back to when what has taken it is gone. */
export interface WayBack {
  to: HTMLElement
  around: HTMLElement | null
}

/** From where the keyboard is now, or was. */
export function wayBack(to: Element | null): WayBack | null {
  return to instanceof HTMLElement && to !== document.body ? {to, around: to.closest<HTMLElement>("section[aria-label]")} : null
}

/** The place itself may be gone by now, a row with what was ended, or disabled; then the part of the page where it stood is next. */
export function goBack(way: WayBack | null): void {
  for (const place of [way?.to, way?.around, document.querySelector("main")]) {
    if (!place?.isConnected) continue
    if (place !== way?.to) place.tabIndex = -1
    place.focus()
    if (document.activeElement === place) return
  }
}
