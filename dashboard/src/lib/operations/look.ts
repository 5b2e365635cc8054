import {Ban, CircleCheck, CircleDashed, CircleX, LoaderCircle} from "lucide-react"

import type {Look} from "@/lib/phase"

const LOOKS: Record<string, Look> = {
  running: {tone: "busy", icon: LoaderCircle, moving: true},
  succeeded: {tone: "good", icon: CircleCheck},
  failed: {tone: "bad", icon: CircleX},
  aborted: {tone: "still", icon: Ban},
}

/** The list is open: a state of a newer soukd gets a neutral look. */
export const operationLook = (state: string): Look => LOOKS[state] ?? {tone: "still", icon: CircleDashed}
