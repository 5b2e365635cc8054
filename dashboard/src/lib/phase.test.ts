import {expect, test} from "vitest"

import {phaseWord} from "@/messages"

import {lookOf, PHASES} from "./phase"

const look = (phase: string) => ({phase, ...lookOf(phase)})

test("no two phases look the same but the two in which programs are changed, which have words of their own", () => {
  const looks = PHASES.map((phase) => `${lookOf(phase).tone} ${lookOf(phase).icon.displayName ?? ""}`)
  expect(PHASES).toHaveLength(9)
  expect(new Set(looks).size).toBe(8)
  expect(lookOf("Provisioning")).toEqual(lookOf("Updating"))
  expect(new Set(PHASES.map(phaseWord)).size).toBe(9)
})

test("whoever sees no colours tells phases of two tones by their icons", () => {
  const confused = PHASES.flatMap((one) => PHASES.map((other) => [look(one), look(other)] as const))
    .filter(([one, other]) => one.tone !== other.tone && one.icon === other.icon)
  expect(confused.map(([one, other]) => [one.phase, other.phase])).toEqual([])
})

test("good, unwell, broken and at rest have a tone of their own", () => {
  expect(["Ready", "Degraded", "Failed", "Suspended", "Provisioning"].map((phase) => lookOf(phase).tone)).toEqual(["good", "warn", "bad", "still", "busy"])
})

test("a phase of a newer soukd is told in its own word, and looks like none that is known", () => {
  expect(phaseWord("Hibernating")).toBe("Hibernating")
  expect(PHASES.map(lookOf)).not.toContainEqual(lookOf("Hibernating"))
})
