import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {away, refusesForNow} from "@/stories/samples"
import {says} from "@/stories/soukd"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {DeviceDialog} from "./device-dialog"

const text = messages.settings.device
const MAKE = "POST /api/v1/sign-in-codes"
const code = "b4Xn2Q-1sample0of0a0code0that0signs0in0once"
const made = {code, expires: "2026-11-21T09:35:00Z", url: `http://127.0.0.1:8090/#code=${code}`}
const asked = (scene: Omit<OpensProps, "show"> = {}) => () => <Opens show={(close) => <DeviceDialog onClose={close} />} {...scene} />
const make = click(text.make)

export default {
  title: "DeviceDialog",
  states: {
    "asking": asked(),
    "on its way": asked({steps: [make, see("[aria-busy=true]")]}),
    "shown": asked({answers: {[MAKE]: says(made)}, steps: [make, see(code)]}),
    "refused": asked({answers: {[MAKE]: refusesForNow}, steps: [make, see(away.message)]}),
  },
} satisfies Stories
