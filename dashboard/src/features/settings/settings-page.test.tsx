import {screen, waitFor, within} from "@testing-library/react"
import {expect, test, vi} from "vitest"

import {fakeSoukd, problem, Answer} from "@/testing/fake-soukd"
import {renderRoutes} from "@/testing/render"

import {readAgent} from "./agent"
import {settingsRoutes} from "./routes"

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"
const SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"

const session = (id: string, change: object = {}) => ({
  id, user: "admin", team: "default", role: "admin", address: "127.0.0.1", agent: CHROME, created: "2026-11-21T09:00:00Z", last_used: "2026-11-21T09:10:00Z", expires: "2026-12-21T09:00:00Z", current: false, ...change,
})

function soukd(...others: object[]) {
  let sessions: object[] = [...others, session("ses_mine", {current: true, agent: FIREFOX})]
  return fakeSoukd({
    "GET /api/v1/sessions": () => ({sessions}),
    "DELETE /api/v1/sessions/:id": ({params}) => {
      sessions = sessions.filter((one) => (one as {id: string}).id !== params.id)
      return new Answer(204, undefined)
    },
  })
}

test("the session in use comes first and cannot be ended by mistake", async () => {
  soukd(session("ses_other"))
  renderRoutes(settingsRoutes, "/settings")
  const [mine, other] = await screen.findAllByRole("listitem")
  if (!mine || !other) throw new Error("two sessions are expected")
  expect(mine).toHaveTextContent("Firefox on LinuxThis browser")
  expect(within(mine).queryByRole("button")).toBeNull()
  expect(within(other).getByRole("button", {name: "End the session: Chrome on Windows"})).toBeVisible()
})

test("a session is ended after a question, and goes from the list", async () => {
  const {asked} = soukd(session("ses_other"))
  const {user} = renderRoutes(settingsRoutes, "/settings")
  await user.click(await screen.findByRole("button", {name: /^End the session: Chrome/}))
  expect(asked.some(({method}) => method === "DELETE")).toBe(false)
  await user.click(screen.getByRole("button", {name: "End the session"}))
  expect(await screen.findByText("No other browser is signed in.")).toBeVisible()
  expect(asked.filter(({method}) => method === "DELETE").map(({path}) => path)).toEqual(["/api/v1/sessions/ses_other"])
})

test("all others end at once; one that has ended meanwhile is no failure", async () => {
  const {handlers} = soukd(session("ses_a"), session("ses_b", {agent: SAFARI}))
  const end = handlers["DELETE /api/v1/sessions/:id"]
  handlers["DELETE /api/v1/sessions/:id"] = (asked) => {
    const answer = end?.(asked)
    return asked.params.id === "ses_a" ? problem(404, "not_found", "There is no such session.") : answer
  }
  const {user} = renderRoutes(settingsRoutes, "/settings")
  await user.click(await screen.findByRole("button", {name: "End all others"}))
  await user.click(within(screen.getByRole("dialog")).getByRole("button", {name: "End all others"}))
  expect(await screen.findByText("No other browser is signed in.")).toBeVisible()
})

test("a refusal is told in the dialog", async () => {
  const {handlers} = soukd(session("ses_other"))
  handlers["DELETE /api/v1/sessions/:id"] = () => problem(403, "csrf_refused", "Reload the page and try again.")
  const {user} = renderRoutes(settingsRoutes, "/settings")
  await user.click(await screen.findByRole("button", {name: /^End the session:/}))
  await user.click(screen.getByRole("button", {name: "End the session"}))
  expect(await within(screen.getByRole("dialog")).findByText("Reload the page and try again.")).toBeVisible()
})

test("the keyboard goes on where the ended session stood, or at the button that asked", async () => {
  soukd(session("ses_other"))
  const {user} = renderRoutes(settingsRoutes, "/settings")
  const button = await screen.findByRole("button", {name: /^End the session: Chrome/})
  await user.click(button)
  await user.keyboard("{Escape}")
  await waitFor(() => { expect(button).toHaveFocus() })
  await user.keyboard("{Enter}")
  await user.click(screen.getByRole("button", {name: "End the session"}))
  await screen.findByText("No other browser is signed in.")
  await waitFor(() => { expect(screen.getByRole("region", {name: "Sessions"})).toHaveFocus() })
})

test("another device signs in by a link that is made on demand, copied, and forgotten with the dialog", async () => {
  const {asked, handlers} = soukd()
  handlers["POST /api/v1/sign-in-codes"] = () => new Answer(201, {code: "c-1_x", expires: "2026-11-21T09:35:00Z", url: "http://elsewhere.test/#code=c-1_x"})
  const {user, queries, history} = renderRoutes(settingsRoutes, "/settings")
  const button = await screen.findByRole("button", {name: "Sign in on another device"})
  await user.click(button)
  const dialog = await screen.findByRole("dialog", {name: "Sign in on another device"})
  expect(dialog).toHaveAccessibleDescription(/once, within five minutes/)
  expect(asked.filter(({method}) => method === "POST")).toHaveLength(0)
  await user.click(within(dialog).getByRole("button", {name: "Make the link"}))
  // As this browser sees the page: soukd may not know its own name.
  const link = `${location.origin}/#code=c-1_x`
  expect(await within(dialog).findByText(link)).toBeVisible()
  expect(within(dialog).getByText(/^It works once, and for (?:5 min 0|4 min 5\d) s more\.$/)).toBeVisible()
  await user.click(within(dialog).getByRole("button", {name: "Copy the link"}))
  expect(await navigator.clipboard.readText()).toBe(link)
  const sessions = () => asked.filter(({path}) => path === "/api/v1/sessions").length
  const read = sessions()
  await user.keyboard("{Escape}")
  await waitFor(() => { expect(button).toHaveFocus() })
  expect(document.body).not.toHaveTextContent("c-1_x")
  expect(asked.filter(({method}) => method === "POST")).toHaveLength(1)
  // It may have been used by now.
  await waitFor(() => { expect(sessions()).toBe(read + 1) })
  await waitFor(() => { expect(queries.getMutationCache().getAll()).toHaveLength(0) })
  const kept = [localStorage, sessionStorage].map((storage) => Array.from({length: storage.length}, (_, index) => storage.getItem(storage.key(index) ?? "")))
  const left = [queries.getQueryCache().getAll().map(({state}) => state), history.location, kept]
  expect(JSON.stringify(left)).not.toContain("c-1_x")
})

test("a link that has expired is not shown any more, and another one can be made", async () => {
  const {handlers} = soukd()
  let made = 0
  handlers["POST /api/v1/sign-in-codes"] = () => new Answer(201, {code: `code${++made}`, expires: "2026-11-21T09:35:00Z", url: "http://elsewhere.test/"})
  const {user} = renderRoutes(settingsRoutes, "/settings")
  await user.click(await screen.findByRole("button", {name: "Sign in on another device"}))
  const make = await screen.findByRole("button", {name: "Make the link"})
  // From here on, or a busy machine takes a part of its five minutes.
  const now = Date.now()
  vi.useFakeTimers({now, toFake: ["Date"]})
  await user.click(make)
  expect(await screen.findByText(/#code=code1$/)).toBeVisible()
  vi.setSystemTime(now + 299_500)
  expect(await screen.findByText(/for 0(?:\.\d)? s more/)).toBeVisible()
  vi.setSystemTime(now + 301_000)
  expect(await screen.findByText("The link has expired.")).toBeVisible()
  expect(screen.queryByText(/#code=/)).toBeNull()
  await user.click(screen.getByRole("button", {name: "Make another link"}))
  expect(await screen.findByText(/#code=code2$/)).toBeVisible()
  expect(screen.queryByText("The link has expired.")).toBeNull()
  vi.useRealTimers()
})

test("a link that soukd refuses to make is told in the dialog, which stays", async () => {
  const {handlers} = soukd()
  handlers["POST /api/v1/sign-in-codes"] = () => problem(503, "overloaded", "Try again in a moment.")
  const {user} = renderRoutes(settingsRoutes, "/settings")
  await user.click(await screen.findByRole("button", {name: "Sign in on another device"}))
  await user.click(await screen.findByRole("button", {name: "Make the link"}))
  expect(await within(screen.getByRole("dialog")).findByText("Try again in a moment.")).toBeVisible()
  expect(screen.getByRole("button", {name: "Make the link"})).toBeEnabled()
})

test("theme and density take effect at once and are kept", async () => {
  soukd()
  const {user} = renderRoutes(settingsRoutes, "/settings")
  await user.click(await screen.findByRole("radio", {name: "Dark"}))
  await user.click(screen.getByRole("radio", {name: "Compact"}))
  expect(document.documentElement.dataset).toMatchObject({theme: "dark", density: "compact"})
  expect(JSON.parse(localStorage.getItem("souk-preferences") ?? "{}")).toMatchObject({theme: "dark", density: "compact"})
})

test("the way to the API is there", async () => {
  soukd()
  renderRoutes(settingsRoutes, "/settings")
  expect(await screen.findByRole("link", {name: "API reference"})).toHaveAttribute("href", "/docs")
})

test("browsers are told by name, whatever else they claim to be", () => {
  expect(readAgent(FIREFOX)).toEqual({browser: "Firefox", system: "Linux"})
  expect(readAgent(CHROME)).toEqual({browser: "Chrome", system: "Windows"})
  expect(readAgent(SAFARI)).toEqual({browser: "Safari", system: "iOS"})
  expect(readAgent(`${CHROME} Edg/143.0.0.0`).browser).toBe("Edge")
  expect(readAgent("souk/0.1.0")).toEqual({browser: undefined, system: undefined})
})
