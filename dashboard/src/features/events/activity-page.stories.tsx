import {Problem} from "@/lib/api/problem"
import {eventKeys} from "@/lib/events/list-events"
import {pageAt} from "@/stories/at"
import {away, events} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {firstPage, withData} from "@/stories/with-data"

import {ActivityPage} from "./activity-page"
import {filterOf, type EventSearch} from "./event-filter"

const page = (found?: unknown, search: EventSearch = {}) => () => withData(
  found === undefined ? [] : [[eventKeys.list({...filterOf(search), pageSize: 100}), found]],
  pageAt("/activity", <ActivityPage />, search),
)
const list = (some: typeof events, next_page_token = "") => firstPage({events: some, next_page_token})

export default {
  title: "ActivityPage",
  states: {
    "all there is": page(list(events)),
    "more to come": page(list(events, "t")),
    "nothing yet": page(list([])),
    "no match": page(list([]), {store: "Green Tea", since: "2026-11-20"}),
    "no such store": page(new Problem(404, "store_not_found", "There is no store of this name."), {store: "Green Te"}),
    "filter refused": page(new Problem(400, "invalid_request", "The time is not one."), {store: "Green Tea"}),
    "not read": page(away),
    "on its way": page(),
  },
} satisfies Stories
