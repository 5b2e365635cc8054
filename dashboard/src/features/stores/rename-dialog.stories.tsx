import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {away, one, refusesForNow} from "@/stories/samples"
import {refuses} from "@/stories/soukd"
import {click, see, write} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {RenameDialog} from "./rename-dialog"

const text = messages.stores.rename
const RENAME = "PATCH /api/v1/stores/str_1"
const asked = (scene: Omit<OpensProps, "show"> = {}) => () => <Opens show={(close) => <RenameDialog store={one()} onClose={close} />} {...scene} />
const rename = [write(text.label, "Red Tea"), click(text.submit)]

export default {
  title: "RenameDialog",
  states: {
    "asking": asked(),
    "another name": asked({steps: [write(text.label, "Red Tea")]}),
    "on its way": asked({steps: [...rename, see("[aria-busy=true]")]}),
    "name taken": asked({answers: {[RENAME]: refuses(409, "name_taken", "A living store has this name.")}, steps: [...rename, see("A living store has this name.")]}),
    "changed by somebody else": asked({answers: {[RENAME]: refuses(412, "generation_changed", "The store is at generation 2.")}, steps: [...rename, see(text.changed)]}),
    "refused": asked({answers: {[RENAME]: refusesForNow}, steps: [...rename, see(away.message)]}),
  },
} satisfies Stories
