import {screen} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {renderAlone} from "@/testing/render"

import {Button} from "./button"

test.each([false, true])("a button sends its form unless what it started still runs (%s)", async (busy) => {
  const send = vi.fn((event: {preventDefault: () => void}) => { event.preventDefault() })
  const {user} = renderAlone(<form onSubmit={send}><Button type="submit" busy={busy}>Send</Button></form>)
  const button = screen.getByRole("button", {name: "Send"})
  await user.click(button)
  expect(send).toHaveBeenCalledTimes(busy ? 0 : 1)
  expect(button).toHaveFocus()
})
