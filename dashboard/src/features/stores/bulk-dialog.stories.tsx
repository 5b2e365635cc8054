import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {anAnswer, NOT_NOW, refusesNow, stores} from "@/stories/samples"
import {says} from "@/stories/soukd"
import {click, see, write} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {BulkDialog, type BulkAction} from "./bulk-dialog"

const text = messages.stores.bulk
const chosen = stores.slice(0, 3)
const asked = (action: BulkAction, scene: Omit<OpensProps, "show"> = {}) => () => <Opens show={(close) => <BulkDialog action={action} stores={chosen} onClose={close} onDone={close} />} {...scene} />

const begins = says(anAnswer())
const restart = (id: string) => `POST /api/v1/stores/${id}/actions/restart`
const start = click(`${text.confirm.restart} (3)`)
const all = Object.fromEntries(chosen.map(({id}) => [restart(id), begins]))
const sure = write(text.typed("3"), "3")
const remove = click(`${text.confirm.delete} (3)`)

export default {
  title: "BulkDialog",
  states: {
    "restart": asked("restart"),
    "suspend": asked("suspend"),
    "delete": asked("delete"),
    "delete, confirmed": asked("delete", {steps: [sure]}),
    "running": asked("restart", {answers: {[restart("str_1")]: begins, [restart("str_2")]: refusesNow}, steps: [start, see(text.started), see(NOT_NOW), see(text.doing("2", "3"))]}),
    "done": asked("restart", {answers: all, steps: [start, see(text.done)]}),
    "one refused": asked("restart", {answers: {...all, [restart("str_2")]: refusesNow}, steps: [start, see(text.failed(1))]}),
    "all refused": asked("delete", {answers: Object.fromEntries(chosen.map(({id}) => [`DELETE /api/v1/stores/${id}`, refusesNow])), steps: [sure, remove, see(text.failed(3))]}),
  },
} satisfies Stories
