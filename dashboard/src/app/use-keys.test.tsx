import {screen} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {Dialog} from "@/components/dialog"
import {renderAlone} from "@/testing/render"

import {useKeys} from "./use-keys"

function Page({press, open}: {press: (key: string) => void; open: boolean}) {
  useKeys({"mod+k": () => { press("mod+k") }, "c": () => { press("c") }, "g s": () => { press("g s") }})
  return <Dialog open={open} onOpenChange={() => undefined} title="A question"><input aria-label="Reason" /></Dialog>
}

test("one key, two after each other, and one with Ctrl", async () => {
  const press = vi.fn<(key: string) => void>()
  const {user} = renderAlone(<Page press={press} open={false} />)
  await user.keyboard("cgs{Control>}k{/Control}")
  expect(press.mock.calls.flat()).toEqual(["c", "g s", "mod+k"])
})

test("none of them does anything while a dialog is open", async () => {
  const press = vi.fn<(key: string) => void>()
  const {user} = renderAlone(<Page press={press} open />)
  await user.keyboard("c{Control>}k{/Control}")
  await user.type(screen.getByLabelText("Reason"), "c{Control>}k{/Control}")
  expect(press).not.toHaveBeenCalled()
})
