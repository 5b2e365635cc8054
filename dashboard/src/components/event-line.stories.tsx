import {storeEvent} from "@/lib/events/event"
import type {Stories} from "@/stories/story"
import {anEvent} from "@/testing/samples"

import {EventLine} from "./event-line"

const line = (change: Parameters<typeof anEvent>[0]) => () => <EventLine event={storeEvent.parse(anEvent(change))} />

export default {
  title: "EventLine",
  states: {
    "asked for": line({type: "store.requested", phase: "Requested", message: "Green Tea was asked for"}),
    "phase": line({type: "store.phase", phase: "Degraded", message: "the storefront answers 502"}),
    "ready": line({type: "store.ready"}),
    "step": line({type: "store.step", step: "setup", state: "failed", message: "The currency XTS is not known."}),
    "condition": line({type: "store.condition", condition: "Stalled", state: "true", message: "given up after 20 attempts"}),
    "operation": line({type: "operation.ended", state: "succeeded", message: ""}),
    "of tomorrow": line({type: "store.cloned", message: "<b>hostile</b> \u202Etext"}),
  },
} satisfies Stories
