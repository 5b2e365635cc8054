import {operation} from "@/lib/operations/operation"
import type {Stories} from "@/stories/story"
import {anOperation, aStep} from "@/testing/samples"

import {OperationRow} from "./operation-row"

const row = (change: Parameters<typeof anOperation>[0]) => () => (
  <ul className="overflow-hidden rounded-2xl border border-line bg-surface"><OperationRow operation={operation.parse(anOperation(change))} /></ul>
)
const ended = "2026-11-21T09:31:12.123Z"

export default {
  title: "OperationRow",
  states: {
    running: row({progress: {percent: 40, step: "setup", steps: [aStep("setup", "running", {message: "Products are made"})]}}),
    waiting: row({progress: {percent: 0, step: null, steps: []}}),
    deleting: row({kind: "store.delete", progress: {percent: 60, step: "remove-namespace", steps: [aStep("remove-namespace", "running")]}}),
    succeeded: row({state: "succeeded", done: true, ended}),
    failed: row({state: "failed", done: true, ended, error: {reason: "ImagePullFailed", message: "The image 'shop:2' of container web cannot be pulled: it does not exist."}}),
    aborted: row({kind: "store.retry", state: "aborted", done: true, ended}),
    "of a newer soukd": row({kind: "store.move", state: "moved", done: true, ended}),
    hostile: row({requested_by: "<script>alert(1)</script>", state: "failed", done: true, ended, error: {reason: "SetupFailed", message: "\u202E<b>reversed</b> ".repeat(12)}}),
  },
} satisfies Stories
