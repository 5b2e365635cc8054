import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {away, one, refusesForNow} from "@/stories/samples"
import {says} from "@/stories/soukd"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {CredentialsDialog} from "./credentials-dialog"

const text = messages.stores.credentials
const REVEAL = "POST /api/v1/stores/str_1/credentials"
const login = {username: "owner@green-tea.localhost", password: "correct-horse-battery-staple-".repeat(2)}
const asked = (scene: Omit<OpensProps, "show"> = {}) => () => <Opens show={(close) => <CredentialsDialog store={one()} onClose={close} />} {...scene} />
const reveal = [click(text.reasons[0] ?? ""), click(text.submit)]

export default {
  title: "CredentialsDialog",
  states: {
    "asking": asked(),
    "no reason": asked({steps: [click(text.submit), see(text.needed)]}),
    "on its way": asked({steps: [...reveal, see("[aria-busy=true]")]}),
    "shown": asked({answers: {[REVEAL]: says(login)}, steps: [...reveal, see(login.password)]}),
    "refused": asked({answers: {[REVEAL]: refusesForNow}, steps: [...reveal, see(away.message)]}),
  },
} satisfies Stories
