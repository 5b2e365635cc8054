import {one} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {aStep} from "@/testing/samples"

import {LastSteps} from "./last-steps"

const namespace = aStep("namespace", "done", {started: "2026-11-21T09:30:00Z", ended: "2026-11-21T09:30:01Z"})
const release = aStep("release", "done", {started: "2026-11-21T09:30:01Z", ended: "2026-11-21T09:30:05Z"})
const checks = {started: "2026-11-21T09:30:05Z", ended: "2026-11-21T09:31:12Z"}
const last = (phase: string, steps: ReturnType<typeof aStep>[]) => () => <LastSteps store={one({phase, progress: {percent: 100, step: null, steps}})} />

export default {
  title: "LastSteps",
  states: {
    "of a creation that is complete": last("Ready", [namespace, release, aStep("checks", "done", checks)]),
    "of one that failed": last("Failed", [namespace, release, aStep("checks", "failed", {...checks, message: "No product is on the page."})]),
    "of one that was cancelled before it began": last("Failed", [aStep("namespace"), aStep("release"), aStep("checks")]),
    "of a newer soukd": last("Ready", [aStep("step-of-tomorrow", "paused", {started: checks.started})]),
  },
} satisfies Stories
