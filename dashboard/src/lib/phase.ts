import {Ban, CircleCheck, CircleDashed, CircleX, Hourglass, LoaderCircle, Moon, Trash2, TriangleAlert, type LucideIcon} from "lucide-react"

import type {Tone} from "./tone"

export interface Look {
  tone: Tone
  icon: LucideIcon
  /** It changes by itself, so the icon moves. */
  moving?: boolean
}

/** A phase is told by word, shape and colour: never by colour alone. */
const LOOKS: Record<string, Look> = {
  Requested: {tone: "busy", icon: Hourglass},
  Provisioning: {tone: "busy", icon: LoaderCircle, moving: true},
  Ready: {tone: "good", icon: CircleCheck},
  Updating: {tone: "busy", icon: LoaderCircle, moving: true},
  Degraded: {tone: "warn", icon: TriangleAlert},
  Suspended: {tone: "still", icon: Moon},
  Failed: {tone: "bad", icon: CircleX},
  Deleting: {tone: "busy", icon: Trash2},
  Deleted: {tone: "still", icon: Ban},
}

/** The list is open: a phase of a newer soukd gets a neutral look and its own word. */
export const lookOf = (phase: string): Look => LOOKS[phase] ?? {tone: "still", icon: CircleDashed}

/** In the order of a store's life. */
export const PHASES = Object.keys(LOOKS)

export const isMoving = (phase: string): boolean => ["Requested", "Provisioning", "Updating", "Deleting"].includes(phase)
/** Nothing is left of it but its receipt, which stays for ever. */
export const isGone = (phase: string): boolean => phase === "Deleted"
/** A visitor of its address gets a shop. */
export const isOpen = (phase: string): boolean => phase === "Ready" || phase === "Degraded"
