import {fireEvent, screen} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {renderAlone} from "@/testing/render"

import {CopyButton} from "./copy-button"

test("where browsers give no clipboard, on plain HTTP, a click says so", async () => {
  renderAlone(<CopyButton value="x" />)
  vi.stubGlobal("navigator", {userAgent: "x"})
  fireEvent.click(screen.getByRole("button", {name: "Copy"}))
  expect(await screen.findByText("The browser did not allow copying")).toBeVisible()
  vi.unstubAllGlobals()
})
