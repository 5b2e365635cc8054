import {storeKeys} from "@/lib/stores/store"
import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {away, HOSTILE, ID, NOT_NOW, one, refusesNow} from "@/stories/samples"
import {click, see, write} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {withData, type Known} from "@/stories/with-data"

import {DeleteDialog} from "./delete-dialog"
import type {Resource} from "./list-resources"

const text = messages.stores.danger
const volume: Resource = {kind: "PersistentVolumeClaim", name: "data-green-tea-db-0", parent: null, component: "", health: "healthy", reason: "", message: "", created: new Date("2026-11-21T09:30:00Z")}
const key = storeKeys.part(ID, "resources")
const asked = (known: readonly Known[], scene: Omit<OpensProps, "show"> = {}, name = "Green Tea") => () => (
  <Opens show={(close) => withData(known, <DeleteDialog store={one({name})} onClose={close} onDeleting={close} />)} {...scene} />
)
const known: readonly Known[] = [[key, {resources: [volume]}]]
const type = (name: string) => write(text.type("Green Tea"), name)
const confirm = [type("Green Tea"), click(text.confirm)]

export default {
  title: "DeleteDialog",
  states: {
    "asking": asked(known),
    "objects on their way": asked([]),
    "objects not known": asked([[key, away]]),
    "a hostile name": asked(known, {}, HOSTILE.repeat(3)),
    "another name": asked(known, {steps: [type("Red Tea"), see(text.wrong)]}),
    "confirmed": asked(known, {steps: [type("Green Tea")]}),
    "on its way": asked(known, {steps: [...confirm, see("[aria-busy=true]")]}),
    "refused": asked(known, {answers: {"DELETE /api/v1/stores/str_1": refusesNow}, steps: [...confirm, see(NOT_NOW)]}),
  },
} satisfies Stories
