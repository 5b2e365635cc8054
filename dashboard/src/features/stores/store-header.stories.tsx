import {PHASES} from "@/lib/phase"
import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {aCondition, HOSTILE, none, NOT_NOW, one, refusesNow} from "@/stories/samples"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {StoreHeader} from "./store-header"

const text = messages.stores.store
const header = (change: Parameters<typeof one>[0]) => () => <StoreHeader store={one(change)} onAsk={none} />
const stalled = {phase: "Provisioning", conditions: [aCondition("Stalled", true, "given up after 20 attempts")]}
const acted = (change: Parameters<typeof one>[0], scene: Omit<OpensProps, "show">) => () => <Opens show={header(change)} {...scene} />

export default {
  title: "StoreHeader",
  states: {
    ...Object.fromEntries(PHASES.map((phase) => [phase, header({phase})])),
    "degraded and why": header({phase: "Degraded", conditions: [aCondition("Available", false, "the storefront answers 502")]}),
    "stalled": header(stalled),
    "stalled, retry refused": acted(stalled, {answers: {"POST /api/v1/stores/str_1/actions/retry": refusesNow}, steps: [click(text.stalled), see(NOT_NOW)]}),
    "resuming": acted({phase: "Suspended"}, {steps: [click(text.resume), see("[aria-busy=true]")]}),
    "a hostile name": header({name: `${HOSTILE} ${"🛒".repeat(20)}`}),
  },
} satisfies Stories
