import {storeKeys} from "@/lib/stores/store"
import {messages} from "@/messages"
import {at} from "@/stories/at"
import {Crowded} from "@/stories/crowded"
import {Opens, type OpensProps} from "@/stories/opens"
import {away, ID, one} from "@/stories/samples"
import {followed, refuses} from "@/stories/soukd"
import {click, see, write as fill, type Step} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {withData, type Known} from "@/stories/with-data"

import type {Pod} from "./list-pods"
import {LogsTab} from "./logs-tab"

const text = messages.stores.logs
const TAIL = 10_000
const LOGS = "GET /api/v1/stores/str_1/logs"
const WEB = "green-tea-web-0/web"

const pod = (name: string, restarts = 0): Pod => ({name, component: "", phase: "Running", ready: true, restarts, reason: "", message: "", containers: ["web", "proxy"], created: new Date("2026-11-21T09:30:00Z")})
const pods: Known = [storeKeys.part(ID, "pods"), {pods: [pod("green-tea-web-0"), pod("green-tea-db-0")]}]
const lines = {source: "kept", logs: [{pod: "green-tea-setup-x", container: "setup", text: "begin\n\u001b[31mError: the currency XTS is not known <b>\u202E</b>\nend\n"}]}

const tab = (known: readonly Known[], phase = "Ready", address = "") => withData(known, at(`/stores/${ID}?tab=logs${address}`, <div className="flex h-96 flex-col"><LogsTab store={one({phase})} /></div>))
const kept = (found: unknown) => () => tab([[storeKeys.part(ID, "logs", {tail: TAIL}), found], [storeKeys.part(ID, "pods"), {pods: []}]], "Suspended")
const live = (scene: Omit<OpensProps, "show">, ...known: readonly Known[]) => () => <Opens show={() => tab([pods, ...known])} {...scene} />

/** Lines that are followed, and what is done then. */
const following = (then: (more: (lines: string) => Step) => readonly Step[] = () => []) => () => {
  const {answer, write} = followed()
  return <Opens show={() => tab([pods])} answers={{[LOGS]: answer}} steps={[see(text.empty), write(`${WEB} GET /tea 200\ngreen-tea-db-0/db ready\n${WEB} GET /cup 404\n`), see("GET /cup 404"), ...then(write)]} />
}
const asked: Known = [storeKeys.part(ID, "logs", {tail: TAIL}), {source: "live", logs: [{pod: "green-tea-web-0", container: "web", text: "GET /tea 200\n"}]}]
const others = refuses(503, "too_many_followers", "16 others follow lines now.")

export default {
  title: "LogsTab",
  states: {
    "connecting": live({}),
    "no line yet": live({answers: {[LOGS]: followed().answer}, steps: [see(text.empty)]}),
    "following": following(),
    "paused": following((more) => [click(text.pause), more(`${WEB} GET /pot 200\n${WEB} GET /can 200\n`), see(text.paused("2"))]),
    "a search": following(() => [fill(text.search, "get"), see(text.found("1", "2"))]),
    "a search without a match": following(() => [fill(text.search, "teapot"), see(text.notFound)]),
    "ended": live({answers: {[LOGS]: () => new Response(`${WEB} bye\n`)}, steps: [see(text.ended)]}),
    "not followed, but asked for": live({answers: {[LOGS]: others}, steps: [see("16 others"), see("GET /tea")]}, asked),
    "other windows follow": () => <Opens show={() => <Crowded>{tab([pods, asked])}</Crowded>} steps={[see(text.crowded), see("GET /tea")]} />,
    "other windows follow, no line yet": () => <Opens show={() => <Crowded>{tab([pods, [storeKeys.part(ID, "logs", {tail: TAIL}), {source: "live", logs: []}]])}</Crowded>} steps={[see(text.crowded), see(text.empty)]} />,
    "neither followed nor read": live({answers: {[LOGS]: others}, steps: [see("16 others")]}, [storeKeys.part(ID, "logs", {tail: TAIL}), away]),
    "before the restart": () => tab([[storeKeys.part(ID, "pods"), {pods: [pod("green-tea-web-0", 2)]}], [storeKeys.part(ID, "logs", {tail: TAIL, previous: true}), {source: "live", logs: [{pod: "green-tea-web-0", container: "web", text: "out of memory\n"}]}]], "Ready", "&previous=true"),
    "before the restart, not read": () => tab([[storeKeys.part(ID, "pods"), {pods: [pod("green-tea-web-0", 2)]}], [storeKeys.part(ID, "logs", {tail: TAIL, previous: true}), away]], "Ready", "&previous=true"),
    "one pod with two containers": () => tab([pods], "Ready", "&pod=green-tea-web-0"),
    "a pod that is gone": () => tab([pods], "Ready", "&pod=green-tea-web-old"),
    "kept lines": kept(lines),
    "no kept lines": kept({source: "kept", logs: []}),
    "kept lines not read": kept(away),
    "kept lines on their way": () => tab([], "Suspended"),
  },
} satisfies Stories
