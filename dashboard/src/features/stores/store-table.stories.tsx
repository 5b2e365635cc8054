import {none, one, stores} from "@/stories/samples"
import type {Stories} from "@/stories/story"

import {StoreTable} from "./store-table"

const table = (some: typeof stores, selected: readonly string[] = []) => () => <div className="flex h-160"><StoreTable stores={some} more={false} onMore={none} selected={new Set(selected)} onSelect={none} /></div>

export default {
  title: "StoreTable",
  states: {
    ...Object.fromEntries(stores.map((store) => [`row: ${store.phase}`, table([store])])),
    "row: Deleted": table([one({name: "Old Carpets", phase: "Deleted", deleted_at: "2026-11-21T10:00:00Z"})]),
    "all rows": table(stores),
    "some selected": table(stores, ["str_2", "str_4"]),
    "all selected": table(stores, stores.map(({id}) => id)),
  },
} satisfies Stories
