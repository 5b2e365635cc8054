import {operation, operationKeys} from "@/lib/operations/operation"
import {statsKey} from "@/lib/stats/stats"
import {messages, operationWord} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {aCondition, figures, NOT_NOW, one, refusesNow} from "@/stories/samples"
import {followed, refuses, says} from "@/stories/soukd"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"
import {anOperation, aStep} from "@/testing/samples"

import {ProgressPanel} from "./progress-panel"

const text = messages.operations
const LOGS = "GET /api/v1/stores/str_1/logs"
const SETUP = "green-tea-setup-x/setup"
const CANCEL = "POST /api/v1/operations/op_1/actions/cancel"
const running = anOperation({id: "op_1"})
const started = "2026-11-21T09:30:00Z"
const done = aStep("release", "done", {started, ended: "2026-11-21T09:30:04Z"})

const panel = (change: Parameters<typeof one>[0] = {}, figured = true) => () => withData(
  [...(figured ? [[[...statsKey, 30], figures]] as const : []), [operationKeys.one("op_1"), operation.parse(running)]],
  <ProgressPanel store={one({phase: "Provisioning", operation: "op_1", progress: {percent: 20, step: "release", steps: [aStep("release", "running", {started}), aStep("setup"), aStep("checks")]}, ...change})} />,
)
const acted = (scene: Omit<OpensProps, "show">, change: Parameters<typeof one>[0] = {}) => () => <Opens show={panel(change)} {...scene} />
const cancel = [click(text.cancelOf(operationWord("store.create"), "Green Tea")), click(text.cancelIt)]
const setup = {progress: {percent: 50, step: "setup", steps: [done, aStep("setup", "running", {started, message: "Products are made"}), aStep("checks")]}}

export default {
  title: "ProgressPanel",
  states: {
    "with an estimate": panel(),
    "without an estimate": panel({}, false),
    "nearly done": panel({progress: {percent: 90, step: "checks", steps: [done, aStep("checks", "running", {started})]}}),
    "waiting, with its place": panel({phase: "Requested", conditions: [aCondition("Waiting", true, "2 stores are made before this one")], progress: {percent: 0, step: null, steps: [aStep("release"), aStep("setup")]}}),
    "of an update": panel({phase: "Updating"}),
    "a step failed": panel({progress: {percent: 50, step: "setup", steps: [done, aStep("setup", "failed", {started, ended: started, message: "The currency XTS is not known."}), aStep("checks")]}}),
    "newest lines": () => {
      const {answer, write} = followed()
      return <Opens show={panel(setup)} answers={{[LOGS]: answer}} steps={[write(`${SETUP} ${"begin ".repeat(60)}\n${SETUP} 12 products\n`), see("12 products")]} />
    },
    "lines not read": acted({answers: {[LOGS]: refuses(503, "too_many_followers", "16 others follow lines now.")}}, setup),
    "cancel, on its way": acted({steps: [...cancel, see("[aria-busy=true]")]}),
    "cancel refused": acted({answers: {[CANCEL]: refusesNow}, steps: [...cancel, see(NOT_NOW)]}),
    "being cancelled": acted({answers: {[CANCEL]: says(running)}, steps: [...cancel, see(text.cancelling)]}),
  },
} satisfies Stories
