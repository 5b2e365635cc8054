import {render, waitFor} from "@testing-library/react"
import {Component, type ReactNode} from "react"
import {expect, test, vi} from "vitest"

import {around, Told} from "./around"
import {Opens} from "./opens"
import {soukdSays} from "./soukd"
import {see} from "./steps"
import type {Stories} from "./story"

// There is no canvas here.
vi.mock("@/components/time-chart", () => ({TimeChart: ({summary}: {summary: string}) => <figure aria-label={summary} />}))

/** Shows what was thrown, in the place of what threw it. */
class Thrown extends Component<{children: ReactNode}, {error: string | undefined}> {
  override state: {error: string | undefined} = {error: undefined}
  static getDerivedStateFromError = (error: unknown) => ({error: String(error)})
  override render() {
    return this.state.error === undefined ? this.props.children : <pre data-thrown>{this.state.error}</pre>
  }
}
const thrown = () => document.querySelector("[data-thrown]")?.textContent
const isTold = () => Boolean(document.querySelector("[data-story]")?.hasChildNodes()) && !document.querySelector("[data-opens], [data-plays]")

/** Tells a story to its end. @returns what was thrown */
async function tell(show: () => ReactNode): Promise<string | undefined> {
  soukdSays({})
  const {unmount} = render(around(() => <Thrown><Told name="story" show={show} alone /></Thrown>))
  await waitFor(() => { expect(thrown() !== undefined || isTold()).toBe(true) })
  const found = thrown()
  unmount()
  return found
}

test("a throw is seen, and what a story waits for in vain", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined)
  expect(await tell(() => { throw new Error("no such thing") })).toBe("Error: no such thing")
  expect(await tell(() => <Opens show={() => "something"} steps={[see("something else", 5)]} />)).toBe("Error: The story waits for something else.")
})

const modules = import.meta.glob<{default: Stories}>("../**/*.stories.tsx", {eager: true})

test.each(Object.values(modules).flatMap(({default: {title, states}}) => Object.entries(states).map(([state, show]) => [title, state, show] as const)))("%s: %s", async (_, __, show) => {
  expect(await tell(show)).toBeUndefined()
})

test("each component has its own name", () => {
  const titles = Object.values(modules).map((module) => module.default.title)
  expect(titles).toHaveLength(new Set(titles).size)
})
