import {storeKeys} from "@/lib/stores/store"
import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {away, ID, NOT_NOW, one, refusesNow} from "@/stories/samples"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"

import {FailurePanel} from "./failure-panel"

const failed = one({phase: "Failed", failure: {reason: "SetupFailed", message: "The setup of the shop gave up."}, progress: {percent: 50, step: "setup", steps: []}})
const proved = {source: "kept", logs: [{pod: "green-tea-setup-x", container: "setup", text: "begin\n\u001b[31mError: the currency XTS is not known <b>\u202E</b>\nend\n"}]}
const panel = (found: unknown) => () => withData([[storeKeys.part(ID, "logs", {tail: 200}), found]], <FailurePanel store={failed} />)
const retried = (scene: Omit<OpensProps, "show">) => () => <Opens show={panel(proved)} {...scene} />
const retry = click(messages.stores.overview.retry)

export default {
  title: "FailurePanel",
  states: {
    "with its proof": panel(proved),
    "without lines": panel({source: "kept", logs: []}),
    "lines on their way": () => withData([], <FailurePanel store={failed} />, {asks: true}),
    "lines not read": panel(away),
    "being retried": retried({steps: [retry, see("[aria-busy=true]")]}),
    "retry refused": retried({answers: {"POST /api/v1/stores/str_1/actions/retry": refusesNow}, steps: [retry, see(NOT_NOW)]}),
  },
} satisfies Stories
