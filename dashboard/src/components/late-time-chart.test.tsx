import {screen} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {part} from "@/lib/part"
import {renderAlone} from "@/testing/render"

import {LateTimeChart} from "./late-time-chart"

const chart = {summary: "CPU over a day", times: [], series: [], format: String}
const program = {TimeChart: ({summary}: {summary: string}) => <figure aria-label={summary} />}

test("a chart that has not come says so in its place, and is asked for again", async () => {
  const load = vi.fn<() => Promise<typeof program>>().mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue(program)
  const {user} = renderAlone(<><h1>Platform</h1><LateTimeChart {...chart} from={part(load)} /></>)
  expect(await screen.findByText(/This part has not come/)).toBeVisible()
  expect(screen.getByRole("heading", {name: "Platform"})).toBeVisible()
  await user.click(screen.getByRole("button", {name: "Try again"}))
  expect(await screen.findByRole("figure", {name: chart.summary})).toBeVisible()
  expect(screen.queryByRole("alert")).toBeNull()
})

test("one that has come is there at once", async () => {
  const from = part(() => Promise.resolve(program))
  await from.bring()
  renderAlone(<LateTimeChart {...chart} from={from} />)
  expect(screen.getByRole("figure", {name: chart.summary})).toBeVisible()
})
