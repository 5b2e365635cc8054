import {Activity, Boxes, Gauge, ListChecks, Settings, Store, type LucideIcon} from "lucide-react"

import {messages} from "@/messages"

const text = messages.shell.places

export interface Place {
  to: "/stores" | "/operations" | "/activity" | "/engines" | "/platform" | "/settings"
  label: string
  icon: LucideIcon
  /** After `g`. */
  key: string
}

export const PLACES: readonly Place[] = [
  {to: "/stores", label: text.stores, icon: Store, key: "s"},
  {to: "/operations", label: text.operations, icon: ListChecks, key: "o"},
  {to: "/activity", label: text.activity, icon: Activity, key: "a"},
  {to: "/engines", label: text.engines, icon: Boxes, key: "e"},
  {to: "/platform", label: text.platform, icon: Gauge, key: "p"},
  {to: "/settings", label: text.settings, icon: Settings, key: ","},
]
