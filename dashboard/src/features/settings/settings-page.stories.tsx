import {pageAt} from "@/stories/at"
import {away} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {withData, type Known} from "@/stories/with-data"

import {sessionsKey, type OpenSession} from "./list-sessions"
import {SettingsPage} from "./settings-page"

const here: OpenSession = {
  id: "ses_1", user: "admin", address: "127.0.0.1", agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  created: new Date("2026-11-21T09:00:00Z"), last_used: new Date("2026-11-21T09:30:00Z"), expires: new Date("2026-11-28T09:00:00Z"), current: true,
}
const page = (...known: readonly Known[]) => () => withData(known, pageAt("/settings", <SettingsPage />))

export default {
  title: "SettingsPage",
  states: {"all there is": page([sessionsKey, {sessions: [here]}]), "sessions not read": page([sessionsKey, away]), "on its way": page()},
} satisfies Stories
