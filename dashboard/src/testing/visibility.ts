/** Hides or shows the tab, as the browser tells it. */
export function setVisible(visible: boolean): void {
  Object.defineProperty(document, "visibilityState", {configurable: true, get: () => (visible ? "visible" : "hidden")})
  document.dispatchEvent(new Event("visibilitychange"))
}
