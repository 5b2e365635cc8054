import {act, screen} from "@testing-library/react"
import {afterEach, expect, test, vi} from "vitest"

import {dismissToast, toast} from "@/lib/toasts"
import {renderAlone} from "@/testing/render"

const told: number[] = []
const tell = (title: string, tone: "good" | "bad" = "bad") => { act(() => { told.push(toast({tone, title, href: "/stores/str_1"})) }) }
afterEach(() => {
  vi.useRealTimers()
  act(() => { told.splice(0).forEach(dismissToast) })
})

const page = () => renderAlone(<main><label>Name<input /></label></main>)
const dismiss = (title: string) => screen.getByText(title).closest("li")?.querySelector("button")

test("the keyboard goes from dismissed news to what is left of it, and in the end back to where it was", async () => {
  const {user} = page()
  for (const title of ["One", "Two", "Three"]) tell(title)
  await user.click(screen.getByLabelText("Name"))
  await user.tab()
  await user.tab()
  expect(dismiss("One")).toHaveFocus()
  await user.keyboard("{Enter}")
  expect(dismiss("Two")).toHaveFocus()
  await user.tab()
  await user.tab()
  expect(dismiss("Three")).toHaveFocus()
  await user.keyboard("{Enter}")
  expect(dismiss("Two")).toHaveFocus()
  await user.keyboard("{Enter}")
  expect(screen.queryByText("Two")).toBeNull()
  expect(screen.getByLabelText("Name")).toHaveFocus()
})

test("news that goes by itself takes the keyboard with it as little", () => {
  vi.useFakeTimers({toFake: ["setTimeout", "clearTimeout"]})
  page()
  const name = screen.getByLabelText("Name")
  name.focus()
  tell("Ready", "good")
  dismiss("Ready")?.focus()
  act(() => { vi.runAllTimers() })
  expect(screen.queryByText("Ready")).toBeNull()
  expect(name).toHaveFocus()
})

test("news that goes while the keyboard is elsewhere leaves it there", () => {
  page()
  tell("One")
  screen.getByLabelText("Name").focus()
  act(() => { told.splice(0).forEach(dismissToast) })
  expect(screen.queryByText("One")).toBeNull()
  expect(screen.getByLabelText("Name")).toHaveFocus()
})
