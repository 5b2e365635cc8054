import {storeKeys} from "@/lib/stores/store"
import {at} from "@/stories/at"
import {one} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {firstPage, withData} from "@/stories/with-data"

import {DeletedLink} from "./deleted-link"

export default {
  title: "DeletedLink",
  states: {
    "one was deleted": () => withData([[storeKeys.list({phase: ["Deleted"]}), firstPage({stores: [one({phase: "Deleted"})], next_page_token: ""})]], at("/stores", <DeletedLink />)),
  },
} satisfies Stories
