import {render, screen} from "@testing-library/react"
import {beforeEach, expect, test, vi} from "vitest"

import {useChosenInView} from "./chosen-in-view"

const WIDTH = 100
const ALL = Array.from({length: 10}, (_, place) => String(place))

/** Ten of 40 each, side by side, in a row of 100. */
function Row({chosen}: {chosen: readonly string[]}) {
  const row = useChosenInView<HTMLDivElement>("[aria-pressed=true]", chosen.join())
  return <div ref={row} role="group">{ALL.map((one) => <button key={one} type="button" aria-pressed={chosen.includes(one)}>{one}</button>)}</div>
}

const row = () => screen.getByRole("group")
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    return this.getAttribute("role") === "group" ? new DOMRect(0, 0, WIDTH, 40) : new DOMRect(Number(this.textContent) * 40 - row().scrollLeft, 0, 40, 40)
  })
})

test("what is chosen far to the right is in view, and what comes behind it shows", () => {
  render(<Row chosen={["7"]} />)
  expect(row().scrollLeft).toBe(7 * 40 + 40 - WIDTH + 16)
})

test("what is in view does not move, nor does the row where one of the chosen is in view", () => {
  const {rerender} = render(<Row chosen={["1"]} />)
  expect(row().scrollLeft).toBe(0)
  row().scrollLeft = 300
  rerender(<Row chosen={["1", "8"]} />)
  expect(row().scrollLeft).toBe(300)
})

test("another choice to the left is brought back; without one people scroll where they like", () => {
  const {rerender} = render(<Row chosen={["9"]} />)
  row().scrollLeft = 200
  rerender(<Row chosen={["9"]} />)
  expect(row().scrollLeft).toBe(200)
  rerender(<Row chosen={["2"]} />)
  expect(row().scrollLeft).toBe(2 * 40 - 16)
})
