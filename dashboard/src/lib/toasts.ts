import {useSyncExternalStore} from "react"

/** News of what happens elsewhere. What the page already shows needs none. */
export interface Toast {
  id: number
  tone: "good" | "bad" | "info"
  title: string
  text?: string
  /** Where to see more. */
  href?: string
}

const SHOWN_MS = 8000
const MOST = 4
let toasts: readonly Toast[] = []
let next = 1
const listeners = new Set<() => void>()
const set = (now: readonly Toast[]): void => {
  toasts = now
  for (const listener of listeners) listener()
}

/** Bad news stays until it is dismissed; the rest goes by itself. @returns its id */
export function toast(news: Omit<Toast, "id">): number {
  const id = next++
  set([...toasts, {...news, id}].slice(-MOST))
  if (news.tone !== "bad") setTimeout(() => { dismissToast(id) }, SHOWN_MS)
  return id
}

export function dismissToast(id: number): void {
  set(toasts.filter((t) => t.id !== id))
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}
export const useToasts = (): readonly Toast[] => useSyncExternalStore(subscribe, () => toasts)
