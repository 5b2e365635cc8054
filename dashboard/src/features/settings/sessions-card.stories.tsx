import {messages} from "@/messages"
import {Opens, type OpensProps} from "@/stories/opens"
import {away, refusesForNow} from "@/stories/samples"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {withData, type Known} from "@/stories/with-data"

import {sessionsKey, type OpenSession} from "./list-sessions"
import {SessionsCard} from "./sessions-card"

const text = messages.settings
const session = (id: string, agent: string, current = false): OpenSession => ({
  id, user: "admin", address: "127.0.0.1", agent, created: new Date("2026-11-21T09:00:00Z"), last_used: new Date("2026-11-21T09:30:00Z"), expires: new Date("2026-11-28T09:00:00Z"), current,
})
const here = session("ses_1", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", true)
const phone = session("ses_2", "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1")
const unknown = session("ses_3", "curl/8.14")

const found = (...sessions: OpenSession[]): Known => [sessionsKey, {sessions}]
const card = (...known: readonly Known[]) => () => withData(known, <SessionsCard />)
const asked = (sessions: OpenSession[], scene: Omit<OpensProps, "show">) => () => <Opens show={card(found(...sessions))} {...scene} />
const end = click(text.endOf("curl/8.14"))

export default {
  title: "SessionsCard",
  states: {
    "three browsers": card(found(here, phone, unknown)),
    "alone": card(found(here)),
    "not read": card([sessionsKey, away]),
    "on its way": card(),
    "asking": asked([here, unknown], {steps: [end, see(text.endText)]}),
    "asking for all others": asked([here, phone, unknown], {steps: [click(text.endOthers), see(text.endOthersText("2"))]}),
    "ending": asked([here, unknown], {steps: [end, click(text.endIt), see("[aria-busy=true]")]}),
    "refused": asked([here, unknown], {answers: {"DELETE /api/v1/sessions/ses_3": refusesForNow}, steps: [end, click(text.endIt), see(away.message)]}),
  },
} satisfies Stories
