import {screen, waitFor} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {part} from "@/lib/part"
import {renderAlone} from "@/testing/render"

import {usePalette} from "./use-palette"

const program = {default: ({open}: {open: boolean}) => (open ? <div role="dialog" /> : null)}
const load = vi.fn<() => Promise<typeof program>>()

function Page({from}: {from: ReturnType<typeof part<typeof program>>}) {
  const {openPalette, shownPalette} = usePalette(() => undefined, from)
  return <><input aria-label="Name" /><button type="button" onClick={openPalette}>Search</button>{shownPalette}</>
}

test("a palette that has not come leaves the page with what was typed, says so once, and opens with the next try", async () => {
  load.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue(program)
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")))
  const {user} = renderAlone(<Page from={part(load)} />)
  await user.type(screen.getByLabelText("Name"), "Green Tea")
  for (let tries = 1; tries <= 2; tries++) {
    await user.click(screen.getByRole("button", {name: "Search"}))
    await waitFor(() => { expect(screen.getAllByText("The search has not come")).toHaveLength(1) })
    expect(load).toHaveBeenCalledTimes(tries)
  }
  expect(screen.getByLabelText("Name")).toHaveValue("Green Tea")
  await user.click(screen.getByRole("button", {name: "Search"}))
  expect(await screen.findByRole("dialog")).toBeVisible()
  await waitFor(() => { expect(screen.queryByText("The search has not come")).toBeNull() })
})
