import {Problem} from "@/lib/api/problem"
import {operationKeys} from "@/lib/operations/operation"
import {pageAt} from "@/stories/at"
import {away, operations} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {firstPage, withData} from "@/stories/with-data"

import type {OperationSearch} from "./operation-filter"
import {OperationsPage} from "./operations-page"

const page = (found?: unknown, search: OperationSearch = {}) => () => withData(
  found === undefined ? [] : [[operationKeys.list({...search, pageSize: 50}), found]],
  pageAt("/operations", <OperationsPage />, search),
)
const list = (some: typeof operations, next_page_token = "") => firstPage({operations: some, next_page_token})

export default {
  title: "OperationsPage",
  states: {
    "all there is": page(list(operations)),
    "more to come": page(list(operations, "t")),
    "nothing yet": page(list([])),
    "no match": page(list([]), {state: "failed", kind: "store.delete"}),
    "no such store": page(new Problem(404, "store_not_found", "There is no store of this name."), {store: "Green Te"}),
    "filter refused": page(new Problem(400, "invalid_request", "The store is not one."), {store: "Green Tea"}),
    "not read": page(away),
    "on its way": page(),
  },
} satisfies Stories
