import {CircleAlert, CircleCheck, CircleDashed, CircleHelp, LoaderCircle, Moon} from "lucide-react"

import type {Look} from "./phase"

const LOOKS: Record<string, Look> = {
  healthy: {tone: "good", icon: CircleCheck},
  progressing: {tone: "busy", icon: LoaderCircle, moving: true},
  degraded: {tone: "bad", icon: CircleAlert},
  missing: {tone: "warn", icon: CircleDashed},
  unknown: {tone: "still", icon: CircleHelp},
  suspended: {tone: "still", icon: Moon},
}

/** Health of an object in the cluster. The list is open. */
export const healthLook = (health: string): Look => LOOKS[health] ?? {tone: "still", icon: CircleHelp}
