import {Problem} from "@/lib/api/problem"
import {storeKeys, type StoreFilter} from "@/lib/stores/store"
import {messages} from "@/messages"
import {pageAt} from "@/stories/at"
import {Opens} from "@/stories/opens"
import {away, knownPlatform, one, stores} from "@/stories/samples"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {firstPage, withData, type Known} from "@/stories/with-data"

import {StoresPage} from "./stores-page"

const text = messages.stores
const page = (known: readonly Known[], search = "") => () => withData([...knownPlatform, ...known], pageAt(`/stores${search}`, <div className="flex h-dvh flex-col"><StoresPage /></div>))
const found = (some: unknown, filter: StoreFilter = {}): Known => [storeKeys.list(filter), some]
const list = (some: typeof stores) => firstPage({stores: some, next_page_token: ""})
const gone = [one({id: "str_0", name: "Old Carpets", phase: "Deleted", deleted_at: "2026-11-21T10:00:00Z"}), one({id: "str_00", name: "Last Tea", phase: "Deleted", deleted_at: "2026-11-20T10:00:00Z"})]
const pick = (name: string) => click(`${messages.common.select} ${name}`)

export default {
  title: "StoresPage",
  states: {
    "all there are": page([found(list(stores))]),
    "some selected": () => <Opens show={page([found(list(stores))])} steps={[pick("Green Tea"), pick("Red Tea"), see(text.selected("2"))]} />,
    "none yet": page([found(list([]))]),
    "none any more": page([found(list([])), found(list(gone), {phase: ["Deleted"]})]),
    "deleted ones": page([found(list(gone), {phase: ["Deleted"]})], `?phase=${encodeURIComponent('["Deleted"]')}`),
    "no match": page([found(list([]), {search: "teapot"})], "?search=teapot"),
    "filter refused": page([found(new Problem(400, "invalid_request", "The search is too long."), {search: "teapot"})], "?search=teapot"),
    "what was read before": page([[storeKeys.list({}), list(stores), away]]),
    "not read": page([found(away)]),
    "on its way": page([]),
  },
} satisfies Stories
