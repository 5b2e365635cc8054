import {useSyncExternalStore} from "react"

/** Looks that a person chose for this browser. They are no server state, so they live here and not in the query cache. */
export interface Preferences {
  theme: "system" | "light" | "dark"
  density: "comfortable" | "compact"
  /** Single keys that do something (`c`, `g s`): a nuisance for who speaks to the machine. */
  keys: "on" | "off"
}

const PLACE = "souk-preferences"
const THEMES = ["system", "light", "dark"] as const
const DENSITIES = ["comfortable", "compact"] as const
const KEYS = ["on", "off"] as const

function read(): Preferences {
  let kept: Partial<Record<keyof Preferences, unknown>> = {}
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "{}")
    if (typeof parsed === "object" && parsed !== null) kept = parsed
  } catch { /* nothing kept that can be read: as if nothing was chosen */ }
  return {
    theme: THEMES.find((t) => t === kept.theme) ?? "system",
    density: DENSITIES.find((d) => d === kept.density) ?? "comfortable",
    keys: KEYS.find((k) => k === kept.keys) ?? "on",
  }
}

let current = read()
const listeners = new Set<() => void>()

/** On the root element, where `app/theme.css` reads them. */
export function applyPreferences(): void {
  const root = document.documentElement
  if (current.theme === "system") delete root.dataset.theme
  else root.dataset.theme = current.theme
  root.dataset.density = current.density
}

export function setPreference<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  current = {...current, [name]: value}
  try {
    localStorage.setItem(PLACE, JSON.stringify(current))
  } catch { /* a browser without storage forgets it with the tab */ }
  applyPreferences()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  const elsewhere = (event: StorageEvent) => {
    if (event.key !== PLACE) return
    current = read()
    applyPreferences()
    listener()
  }
  window.addEventListener("storage", elsewhere)
  return () => {
    listeners.delete(listener)
    window.removeEventListener("storage", elsewhere)
  }
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current)

const darkSystem = () => matchMedia("(prefers-color-scheme: dark)")
/** What the theme comes to, for what CSS cannot paint (a canvas). */
export function useDark(): boolean {
  const {theme} = usePreferences()
  const system = useSyncExternalStore((listener) => {
    const query = darkSystem()
    query.addEventListener("change", listener)
    return () => { query.removeEventListener("change", listener) }
  }, () => darkSystem().matches)
  return theme === "system" ? system : theme === "dark"
}
