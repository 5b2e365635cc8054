import {screen, waitFor} from "@testing-library/react"
import {StrictMode} from "react"
import {expect, test, vi} from "vitest"

import {fakeSoukd, problem} from "@/testing/fake-soukd"
import {renderAlone} from "@/testing/render"

import {LoginPage, takeCode} from "./login-page"

const session = {id: "ses_1", user: "admin", team: "default", role: "admin", csrf_token: "t", created: "2026-11-21T09:30:00Z", expires: "2026-11-28T09:30:00Z"}
const refused = () => problem(401, "unauthenticated", "no")

test("a wrong token is told under the field and the field keeps what was typed", async () => {
  fakeSoukd({"POST /api/v1/session": refused})
  const {user} = renderAlone(<LoginPage code="" ended={false} />)
  const field = screen.getByLabelText("Admin token")
  await user.type(field, "wrong{Enter}")
  expect(await screen.findByText(/This token is not right/)).toBeVisible()
  expect(field).toHaveValue("wrong")
})

test("the code of a link is sent once", async () => {
  const {asked} = fakeSoukd({"POST /api/v1/session": () => session})
  const {queries} = renderAlone(<StrictMode><LoginPage code="c1" ended={false} /></StrictMode>)
  await waitFor(() => { expect(queries.getQueryData(["session"])).toMatchObject({id: "ses_1"}) })
  expect(asked.filter(({method}) => method === "POST").map(({body}) => body)).toEqual([{code: "c1"}])
})

test("a used link says so and how to get another", async () => {
  fakeSoukd({"POST /api/v1/session": refused})
  renderAlone(<StrictMode><LoginPage code="old" ended={false} /></StrictMode>)
  expect(await screen.findByText(/This link was used already/)).toBeVisible()
  expect(screen.getByLabelText("Admin token")).toBeVisible()
})

test("too many attempts: how long to wait", async () => {
  fakeSoukd({"POST /api/v1/session": () => problem(429, "too_many_attempts", "x", {}, {"Retry-After": "95"})})
  const {user} = renderAlone(<LoginPage code="" ended={false} />)
  await user.type(screen.getByLabelText("Admin token"), "x{Enter}")
  expect(await screen.findByText("Too many attempts from here. Try again in 1 min 35 s.")).toBeVisible()
})

test("an ended session is told in one sentence", () => {
  fakeSoukd({})
  renderAlone(<LoginPage code="" ended />)
  expect(screen.getByText(/Your session has ended/)).toBeVisible()
})

test("a newcomer learns where the token is", () => {
  fakeSoukd({})
  renderAlone(<LoginPage code="" ended={false} />)
  expect(screen.getByText(/the admin token of the first start was written/)).toBeVisible()
  expect(screen.getByText("souk open")).toBeVisible()
})

test("the code leaves the address bar at once", () => {
  const replaced = vi.spyOn(history, "replaceState")
  location.hash = "#code=abc"
  expect(takeCode()).toBe("abc")
  expect(replaced).toHaveBeenCalledWith(history.state, "", expect.not.stringContaining("abc"))
})
