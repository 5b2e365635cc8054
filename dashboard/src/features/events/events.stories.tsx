import {storeEvent} from "@/lib/events/event"
import type {Stories} from "@/stories/story"
import {anEvent} from "@/testing/samples"

import {EventRow} from "./event-row"

const row = (change: Parameters<typeof anEvent>[0]) => () => (
  <ul className="overflow-hidden rounded-2xl border border-line bg-surface"><EventRow event={storeEvent.parse(anEvent(change))} /></ul>
)

export default {
  title: "EventRow",
  states: {
    requested: row({type: "store.requested", phase: "Requested", message: ""}),
    phase: row({type: "store.phase", phase: "Degraded", message: "The storefront does not answer"}),
    ready: row({type: "store.ready"}),
    "step running": row({type: "store.step", step: "setup", state: "running", message: "Products are made"}),
    "step failed": row({type: "store.step", step: "checks", state: "failed", message: "No product is on the page"}),
    "condition that is bad": row({type: "store.condition", condition: "Stalled", state: "true", reason: "AttemptsUsedUp", message: "A person is asked"}),
    "condition that is good": row({type: "store.condition", condition: "ClusterReachable", state: "true", message: ""}),
    revealed: row({type: "store.credentials_revealed", message: "forgotten password"}),
    deleted: row({type: "store.deleted", phase: "Deleted", message: ""}),
    "operation ended": row({type: "operation.ended", state: "failed", message: "The image cannot be pulled"}),
    "of a newer soukd": row({type: "store.moved", message: "To another cluster"}),
    hostile: row({message: "<img src=x onerror=alert(1)> \u202Edesrever \u001b[31mred ".repeat(8)}),
  },
} satisfies Stories
