import {one} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {aStep} from "@/testing/samples"

import {Steps} from "./steps"

const {steps} = one({progress: {percent: 50, step: "setup", steps: [
  aStep("namespace", "done", {started: "2026-11-21T09:30:00Z", ended: "2026-11-21T09:30:01Z"}), aStep("data", "done", {started: "2026-11-21T09:30:01Z", ended: "2026-11-21T09:30:12Z"}),
  aStep("setup", "running", {started: "2026-11-21T09:30:12Z", message: "Seeding products"}), aStep("workloads"), aStep("checks"),
]}}).progress

export default {
  title: "Steps",
  states: {
    "of a creation": () => <Steps steps={steps} medians={[{step: "workloads", median_seconds: 12}, {step: "checks", median_seconds: 6}]} />,
    "that failed": () => <Steps steps={steps.map((step) => (step.state === "running" ? {...step, state: "failed", message: "The currency XTS is not known."} : step))} />,
  },
} satisfies Stories
