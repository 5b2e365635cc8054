import {eventKeys} from "@/lib/events/list-events"
import {operationKeys} from "@/lib/operations/operation"
import {at} from "@/stories/at"
import {away, events, ID, operations} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {firstPage, withData, type Known} from "@/stories/with-data"

import {ActivityTab} from "./activity-tab"

const tab = (address: string, known: readonly Known[]) => () => withData(known, at(`/stores/${ID}${address}`, <div className="flex flex-col gap-4"><ActivityTab id={ID} name="Green Tea" /></div>))
const told = (found?: unknown) => tab("", found === undefined ? [] : [[eventKeys.list({store: ID, pageSize: 100}), found]])
const done = (found?: unknown) => tab("?show=operations", found === undefined ? [] : [[operationKeys.list({store: ID, pageSize: 50}), found]])

export default {
  title: "ActivityTab",
  states: {
    "events": told(firstPage({events, next_page_token: ""})),
    "events, more to come": told(firstPage({events, next_page_token: "t"})),
    "no event of a type": tab("?type=store.deleted", [[eventKeys.list({store: ID, type: ["store.deleted"], pageSize: 100}), firstPage({events: [], next_page_token: ""})]]),
    "events not read": told(away),
    "events on their way": told(),
    "operations": done(firstPage({operations, next_page_token: ""})),
    "operations, more to come": done(firstPage({operations, next_page_token: "t"})),
    "no operation": done(firstPage({operations: [], next_page_token: ""})),
    "operations not read": done(away),
    "operations on their way": done(),
  },
} satisfies Stories
