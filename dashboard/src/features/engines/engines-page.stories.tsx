import {pageAt} from "@/stories/at"
import {away, engines, knownPlatform, plans} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {withData, type Known} from "@/stories/with-data"

import {EnginesPage} from "./engines-page"

const page = (...known: readonly Known[]) => () => withData(known, pageAt("/engines", <EnginesPage />))

export default {
  title: "EnginesPage",
  states: {
    "engines and plans": page(...knownPlatform),
    "no figures yet": page([["engines"], {engines}], [["plans"], {plans}]),
    "none": page([["engines"], {engines: []}], [["plans"], {plans: []}]),
    "not read": page([["engines"], away]),
    "on its way": page(),
  },
} satisfies Stories
