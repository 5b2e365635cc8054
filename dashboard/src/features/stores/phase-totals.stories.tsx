import {none} from "@/stories/samples"
import type {Stories} from "@/stories/story"

import {PhaseTotals} from "./phase-totals"

export default {
  title: "PhaseTotals",
  states: {
    "known": () => <PhaseTotals totals={{Ready: 9840, Provisioning: 3, Failed: 12, Degraded: 1}} chosen={["Failed"]} onChoose={none} />,
    "deleted ones": () => <PhaseTotals totals={{Ready: 9840, Failed: 12}} chosen={["Deleted"]} onChoose={none} />,
    "not known yet": () => <PhaseTotals totals={null} chosen={[]} onChoose={none} />,
  },
} satisfies Stories
