import {Card} from "@/components/card"
import {duration} from "@/lib/format"
import type {Store} from "@/lib/stores/store"
import {messages} from "@/messages"

import {Steps} from "./steps"

const text = messages.stores.steps

/** What the last operation did and how long each step took. Of one that failed it is open: the step that failed is the first question. */
export function LastSteps({store: {phase, progress: {steps}}}: {store: Store}) {
  if (steps.length === 0) return null
  const begun = steps.find(({started}) => started)?.started
  const ended = steps.findLast((step) => step.ended)?.ended
  return (
    <Card>
      <details open={phase === "Failed"}>
        <summary className="cursor-pointer rounded-md font-semibold">
          {text.last}{begun && ended && <span className="ml-2 text-[13px] font-normal text-ink-soft tabular-nums">{text.tookAll(duration(ended.getTime() - begun.getTime()))}</span>}
        </summary>
        <div className="mt-4"><Steps steps={steps} /></div>
      </details>
    </Card>
  )
}
