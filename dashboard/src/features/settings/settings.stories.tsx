import type {Stories} from "@/stories/story"

import {ApiCard} from "./api-card"
import {LooksCard} from "./looks-card"
import type {OpenSession} from "./list-sessions"
import {SessionRow} from "./session-row"

const session = (change: Partial<OpenSession>): OpenSession => ({
  id: "ses_1", user: "admin", address: "127.0.0.1", agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  created: new Date("2026-11-21T09:00:00Z"), last_used: new Date("2026-11-21T09:30:00Z"), expires: new Date("2026-11-28T09:00:00Z"), current: false, ...change,
})
const row = (change: Partial<OpenSession>) => () => <ul><SessionRow session={session(change)} onEnd={() => undefined} /></ul>

export default {
  title: "Settings",
  states: {
    looks: () => <LooksCard />,
    "session in use": row({current: true}),
    "another session": row({address: "2001:db8::17", agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"}),
    "session of an unknown program": row({agent: "<script>alert(1)</script> ".repeat(6)}),
    "session without a name": row({agent: ""}),
    api: () => <ApiCard />,
  },
} satisfies Stories
