import {Store} from "lucide-react"

import {Problem} from "@/lib/api/problem"
import {healthLook} from "@/lib/health"
import {operationLook} from "@/lib/operations/look"
import {PHASES} from "@/lib/phase"
import type {Stories} from "@/stories/story"
import {healthWord, operationStateWord} from "@/messages"

import {Badge} from "./badge"
import {Button} from "./button"
import {Empty} from "./empty"
import {Field} from "./field"
import {Meter} from "./meter"
import {Notice, ProblemNotice} from "./notice"
import {PhaseBadge} from "./phase-badge"
import {ProgressBar} from "./progress-bar"
import {CardSkeleton, RowsSkeleton} from "./skeleton"

const look = (which: (word: string) => ReturnType<typeof healthLook>, name: (word: string) => string) => function Shown({word}: {word: string}) {
  const {tone, icon, moving} = which(word)
  return <Badge tone={tone} icon={icon} moving={moving}>{name(word)}</Badge>
}
const Health = look(healthLook, healthWord)
const OperationState = look(operationLook, operationStateWord)

export default {
  title: "States",
  states: {
    "phases of a store": () => <div className="flex flex-wrap gap-2">{[...PHASES, "PhaseOfTomorrow"].map((phase) => <PhaseBadge key={phase} phase={phase} />)}</div>,
    "health of an object": () => <div className="flex flex-wrap gap-2">{["healthy", "progressing", "degraded", "missing", "unknown", "suspended", "tomorrow"].map((word) => <Health key={word} word={word} />)}</div>,
    "states of an operation": () => <div className="flex flex-wrap gap-2">{["running", "succeeded", "failed", "aborted", "tomorrow"].map((word) => <OperationState key={word} word={word} />)}</div>,
    "progress": () => <div className="grid gap-3">{[0, 40, 100].map((percent) => <ProgressBar key={percent} percent={percent} label={`${percent} %`} />)}</div>,
    "meters": () => <div className="grid gap-3"><Meter label="CPU" value={1} max={4} text="1 of 4" /><Meter label="Memory" value={95} max={100} text="95 of 100" /><Meter label="Nothing promised" value={1} max={0} text="1 of 0" /></div>,
    "buttons": () => <div className="flex flex-wrap gap-2">{(["primary", "plain", "quiet", "danger"] as const).map((kind) => <Button key={kind} kind={kind}>{kind}</Button>)}<Button disabled>disabled</Button><Button busy>busy</Button><Button size="small">small</Button></div>,
    "notices": () => <div className="grid gap-3"><Notice title="Something to know">And more of it.</Notice><Notice tone="warn" title="Something to look at" /><Notice tone="bad" title="Something failed" /></div>,
    "problem with a way on": () => <ProblemNotice error={new Problem(503, "overloaded", "soukd has too much to do; try again in a moment.", {requestId: "01arz3"})} onRetry={() => undefined} />,
    "problem of the page itself": () => <ProblemNotice error={new Error("x is undefined")} />,
    "field": () => <div className="grid max-w-sm gap-4"><Field label="Name" hint="People see it." /><Field label="Name" defaultValue="Tea" error="A living store has this name." /></div>,
    "empty": () => <Empty icon={Store} title="No store yet" hint="It takes about a minute." action={<Button kind="primary">Create the first store</Button>} />,
    "rows on their way": () => <RowsSkeleton rows={2} />,
    "card on its way": () => <CardSkeleton />,
  },
} satisfies Stories
