import {operation} from "@/lib/operations/operation"
import {messages, operationWord} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {NOT_NOW, refusesNow} from "@/stories/samples"
import {says} from "@/stories/soukd"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {anOperation} from "@/testing/samples"

import {CancelButton} from "./cancel-button"

const text = messages.operations
const CANCEL = "POST /api/v1/operations/op_1/actions/cancel"
const running = anOperation({id: "op_1"})
const button = <CancelButton operation={operation.parse(running)} store="Green Tea" />
const ask = click(text.cancelOf(operationWord("store.create"), "Green Tea"))
const asked = (scene: Omit<OpensProps, "show"> = {}) => () => <Opens show={() => button} {...scene} />

export default {
  title: "CancelButton",
  states: {
    "there": () => button,
    "asking": asked({steps: [ask, see(text.cancelText)]}),
    "on its way": asked({steps: [ask, click(text.cancelIt), see("[aria-busy=true]")]}),
    "refused": asked({answers: {[CANCEL]: refusesNow}, steps: [ask, click(text.cancelIt), see(NOT_NOW)]}),
    "being cancelled": asked({answers: {[CANCEL]: says(running)}, steps: [ask, click(text.cancelIt), see(text.cancelling)]}),
  },
} satisfies Stories
