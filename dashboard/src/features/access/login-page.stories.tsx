import {messages} from "@/messages"
import {pageAt} from "@/stories/at"
import {Opens, type OpensProps} from "@/stories/opens"
import {isAway, refuses} from "@/stories/soukd"
import {click, see, write} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"

import {LoginPage} from "./login-page"

const text = messages.access
const SIGN_IN = "POST /api/v1/session"
const page = (code = "", ended = false) => withData([], pageAt("/stores", <LoginPage code={code} ended={ended} />))
const tried = (scene: Omit<OpensProps, "show">, code = "") => () => <Opens show={() => page(code)} {...scene} />
const wrong = [write(text.token, "souk_wrong"), click(text.submit)]

export default {
  title: "LoginPage",
  states: {
    "fresh": () => page(),
    "session ended": () => page("", true),
    "with the code of a link": tried({steps: [see(text.code)]}, "c1"),
    "the link was used": tried({answers: {[SIGN_IN]: refuses(401, "unauthenticated", "no")}, steps: [see(text.expired)]}, "c1"),
    "nothing typed": tried({steps: [click(text.submit), see(text.empty)]}),
    "signing in": tried({steps: [...wrong, see("[aria-busy=true]")]}),
    "refused": tried({answers: {[SIGN_IN]: refuses(401, "unauthenticated", "no")}, steps: [...wrong, see(text.refused)]}),
    "throttled": tried({answers: {[SIGN_IN]: refuses(429, "too_many_attempts", "no", {"Retry-After": "95"})}, steps: [...wrong, see("1 min 3")]}),
    "throttled no longer": tried({answers: {[SIGN_IN]: refuses(429, "too_many_attempts", "no", {"Retry-After": "0"})}, steps: [...wrong, see(text.throttledOver)]}),
    "soukd is away": tried({answers: {[SIGN_IN]: isAway}, steps: [...wrong, see(messages.problems.unreachable)]}),
  },
} satisfies Stories
