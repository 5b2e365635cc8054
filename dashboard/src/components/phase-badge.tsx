import {lookOf} from "@/lib/phase"
import {phaseWord} from "@/messages"

import {Badge} from "./badge"

export function PhaseBadge({phase, className}: {phase: string; className?: string}) {
  const {tone, icon, moving} = lookOf(phase)
  return <Badge tone={tone} icon={icon} moving={moving} {...(className ? {className} : {})}>{phaseWord(phase)}</Badge>
}
