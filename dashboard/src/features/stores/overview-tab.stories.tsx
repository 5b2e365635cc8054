import {eventKeys} from "@/lib/events/list-events"
import {aCondition, away, events, ID, one} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {firstPage, withData} from "@/stories/with-data"

import {Conditions, OverviewTab} from "./overview-tab"

const conditions = [aCondition("Available", true), aCondition("ChecksPassed", false, "the cart answers 500"), aCondition("Stalled", true, "given up after 20 attempts"), aCondition("NeedsAttention", false, "over")]
const store = one({conditions})
const latest = (found?: unknown) => () => withData(found === undefined ? [] : [[eventKeys.list({store: ID, pageSize: 8}), found]], <OverviewTab store={store} />)

export default {
  title: "OverviewTab",
  states: {
    "latest activity": latest(firstPage({events, next_page_token: ""})),
    "no activity": latest(firstPage({events: [], next_page_token: ""})),
    "latest activity not read": latest(away),
    "latest activity on its way": latest(),
    "conditions": () => <Conditions conditions={store.conditions} />,
    "no condition": () => <Conditions conditions={[]} />,
  },
} satisfies Stories
