import {Problem} from "@/lib/api/problem"
import {eventKeys} from "@/lib/events/list-events"
import {storeKeys} from "@/lib/stores/store"
import {pageAt} from "@/stories/at"
import {aReceipt, away, deleting, events, ID, one} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {firstPage, withData, type Known} from "@/stories/with-data"

import {receipt} from "./read-receipt"
import {StorePage} from "./store-page"

const key = storeKeys.one(ID)
const proof = (completed: string | null): Known => [storeKeys.part(ID, "receipt"), receipt.parse(aReceipt(completed))]
const told: Known = [eventKeys.list({store: ID, pageSize: 100}), firstPage({events, next_page_token: ""})]
const page = (...known: readonly Known[]) => () => withData(known, pageAt(`/stores/${ID}?tab=danger`, <StorePage />))
const deleted = new Problem(410, "store_deleted", "This store was deleted.")

export default {
  title: "StorePage",
  states: {
    "living": page([key, one()]),
    "what was read before": page([key, one(), away]),
    "being deleted": page([key, one(deleting)], proof(null)),
    "being deleted, receipt not begun": page([key, one(deleting)], [storeKeys.part(ID, "receipt"), new Problem(404, "no_receipt", "There is no receipt yet.")]),
    "deleted": page([key, deleted], proof("2026-11-21T10:00:20Z"), told),
    "deleted, receipt on its way": page([key, deleted]),
    "not found": page([key, new Problem(404, "store_not_found", "There is no such store.")]),
    "not read": page([key, away]),
    "on its way": page(),
  },
} satisfies Stories
