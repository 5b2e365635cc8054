import type {ReactNode} from "react"

import {ProgramMissing} from "@/lib/program"
import {messages} from "@/messages"
import {pageAt} from "@/stories/at"
import {Opens} from "@/stories/opens"
import {away, none} from "@/stories/samples"
import {see} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"

import {NotFound, PageFailed, PagePending, SessionFailed, Splash} from "./fallbacks"

const alone = (ui: ReactNode) => () => withData([], pageAt("/no/such/page", ui))

export default {
  title: "In the place of a page",
  states: {
    "nothing is known yet": alone(<Splash />),
    "nothing is known for long": () => <Opens show={alone(<Splash />)} steps={[see(messages.common.slow)]} />,
    "who is there is not found out": alone(<SessionFailed error={away} onRetry={none} />),
    "on its way": alone(<PagePending />),
    "failed by itself": alone(<PageFailed error={new Error("x is undefined")} reset={none} />),
    "its program has not come": alone(<PageFailed error={new ProgramMissing()} reset={none} />),
    "failed by an answer": alone(<PageFailed error={away} reset={none} />),
    "not found": alone(<NotFound />),
  },
} satisfies Stories
