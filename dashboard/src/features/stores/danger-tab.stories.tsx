import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {NOT_NOW, none, one, refusesNow} from "@/stories/samples"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {DangerTab} from "./danger-tab"

const tab = (phase: string) => () => <DangerTab store={one({phase})} onAsk={none} />
const resumed = (scene: Omit<OpensProps, "show">) => () => <Opens show={tab("Suspended")} {...scene} />
const resume = click(messages.stores.store.resume)

export default {
  title: "DangerTab",
  states: {
    "open": tab("Ready"),
    "while something runs": tab("Updating"),
    "suspended": tab("Suspended"),
    "resuming": resumed({steps: [resume, see("[aria-busy=true]")]}),
    "resuming refused": resumed({answers: {"POST /api/v1/stores/str_1/actions/resume": refusesNow}, steps: [resume, see(NOT_NOW)]}),
  },
} satisfies Stories
