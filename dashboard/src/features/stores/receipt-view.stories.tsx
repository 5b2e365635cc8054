import {Problem} from "@/lib/api/problem"
import {storeKeys} from "@/lib/stores/store"
import {aReceipt, away, ID} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"

import {receipt} from "./read-receipt"
import {ReceiptView} from "./receipt-view"

const proof = (completed: string | null) => receipt.parse(aReceipt(completed))
const view = (found?: unknown) => () => withData(found === undefined ? [] : [[storeKeys.part(ID, "receipt"), found]], <ReceiptView id={ID} />)

export default {
  title: "ReceiptView",
  states: {
    "so far": view(proof(null)),
    "complete": view(proof("2026-11-21T10:00:20Z")),
    "of a store without an object": view({...proof("2026-11-21T10:00:20Z"), lines: []}),
    "not begun": view(new Problem(404, "no_receipt", "There is no receipt yet.")),
    "on its way": view(),
    "not read": view(away),
  },
} satisfies Stories
