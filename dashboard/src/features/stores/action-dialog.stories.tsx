import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {NOT_NOW, one, refusesNow} from "@/stories/samples"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {ActionDialog} from "./action-dialog"

const text = messages.stores.store
const asked = (action: "restart" | "suspend", scene: Omit<OpensProps, "show"> = {}) => () => <Opens show={(close) => <ActionDialog store={one()} action={action} onClose={close} />} {...scene} />

export default {
  title: "ActionDialog",
  states: {
    "restart": asked("restart"),
    "restart on its way": asked("restart", {steps: [click(text.restart), see("[aria-busy=true]")]}),
    "restart refused": asked("restart", {answers: {"POST /api/v1/stores/str_1/actions/restart": refusesNow}, steps: [click(text.restart), see(NOT_NOW)]}),
    "suspend": asked("suspend"),
    "suspend refused": asked("suspend", {answers: {"POST /api/v1/stores/str_1/actions/suspend": refusesNow}, steps: [click(text.suspend), see(NOT_NOW)]}),
  },
} satisfies Stories
