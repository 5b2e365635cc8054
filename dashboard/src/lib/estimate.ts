import type {StepRecord} from "@/lib/api/common"

export interface StepMedian {
  step: string
  median_seconds: number
}

/**
 * Seconds that a creation still takes, from how long each step took before on this platform. Negative or zero of the running step means
 * longer than usual: it then counts for nothing, and the steps after it still do. Null: nothing to learn from yet.
 */
export function secondsLeft(steps: readonly StepRecord[], medians: readonly StepMedian[], now: Date): number | null {
  if (medians.length === 0) return null
  const usual = new Map(medians.map(({step, median_seconds}) => [step, median_seconds]))
  return steps.reduce((left, {name, state, started}) => {
    const seconds = usual.get(name) ?? 0
    if (state === "pending") return left + seconds
    if (state !== "running") return left
    const spent = started ? (now.getTime() - started.getTime()) / 1000 : 0
    return left + Math.max(0, seconds - spent)
  }, 0)
}

/** Rounded as people say it: seconds to fives, minutes to halves. */
export const roughly = (seconds: number): number => (seconds < 60 ? Math.ceil(seconds / 5) * 5 : Math.ceil(seconds / 30) * 30)
