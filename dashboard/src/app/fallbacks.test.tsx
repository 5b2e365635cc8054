import {screen, waitFor} from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import {afterEach, beforeEach, expect, test, vi} from "vitest"

import {program, ProgramMissing} from "@/lib/program"
import {Answer, fakeSoukd} from "@/testing/fake-soukd"
import {renderAlone} from "@/testing/render"

import {PageFailed} from "./fallbacks"

const reload = vi.fn()
beforeEach(() => {
  reload.mockClear()
  vi.spyOn(window.location, "reload").mockImplementation(reload)
})
afterEach(() => { sessionStorage.clear() })

const reset = vi.fn()
const soukd = (page: () => unknown) => fakeSoukd({[`HEAD ${location.pathname}`]: page})
const missing = () => renderAlone(<PageFailed error={new ProgramMissing()} reset={reset} />)

test("what cannot be loaded is a sentence, whatever the browser calls it", async () => {
  await expect(program(() => Promise.reject(new TypeError("Importing a module script failed.")))()).rejects.toThrow(/The program of this page has not come/)
  await expect(program(() => Promise.resolve({a: 1}))()).resolves.toEqual({a: 1})
})

test("the program of a page that a newer soukd does not have any more: the page is loaded anew by itself, once", async () => {
  soukd(() => new Answer(200, undefined))
  const {unmount} = missing()
  await waitFor(() => { expect(reload).toHaveBeenCalledTimes(1) })
  unmount()
  missing()
  expect(await screen.findByText(/The program of this page has not come/)).toBeVisible()
  await userEvent.setup().click(screen.getByRole("button", {name: "Try again"}))
  await waitFor(() => { expect(reload).toHaveBeenCalledTimes(2) })
})

test.each([
  ["no soukd answers", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["a proxy answers for it", () => new Answer(502, undefined)],
])("where %s, the sentence stays: a reload would take the page away", async (_, page) => {
  const {asked} = soukd(page)
  missing()
  await userEvent.setup().click(await screen.findByRole("button", {name: "Try again"}))
  await waitFor(() => { expect(asked.filter(({method}) => method === "HEAD")).toHaveLength(2) })
  expect(screen.getAllByRole("alert")).toHaveLength(1)
  expect(reload).not.toHaveBeenCalled()
})

test("a page that failed by itself is tried again where it is", async () => {
  const {asked} = soukd(() => new Answer(200, undefined))
  renderAlone(<PageFailed error={new Error("x is undefined")} reset={reset} />)
  await userEvent.setup().click(await screen.findByRole("button", {name: "Try again"}))
  expect(reset).toHaveBeenCalledTimes(1)
  expect(asked.filter(({method}) => method === "HEAD")).toEqual([])
})
