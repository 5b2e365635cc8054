// Who may come in, and what becomes of those who may no longer.
import {api, DESKTOP, expect, newCode, notBlank, PHONE, TOKEN, URL_OF_API, URL_OF_PAGE, waitFor, wellMade} from "./browser.mjs"
import {focusIs, open, press, pressUntil} from "./keys.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
const tokenField = (page) => page.getByLabel("Admin token", {exact: true})
const signedIn = (page) => page.getByRole("navigation", {name: "Main menu"}).waitFor()

async function signIn(page, token = TOKEN) {
  await tokenField(page).fill(token)
  await page.getByRole("button", {name: "Sign in"}).click()
}

export async function a_one_time_link_signs_in_and_leaves_nothing_in_the_address(browser) {
  const {url} = await newCode()
  const hash = new URL(url).hash
  expect(/^#code=/.test(hash), `the link is ${url}`)
  await browser.visit(`/${hash}`, async (page) => {
    await signedIn(page)
    await heading(page, "Stores").waitFor()
    expect(!page.url().includes("code"), page.url())
  }, {signedIn: false})
  // Once is once: whoever steals the link later has nothing.
  await browser.visit(`/${hash}`, async (page) => {
    await page.getByText(/This link was used already/).waitFor()
    await signIn(page)
    await signedIn(page)
  }, {signedIn: false})
}

export async function another_device_signs_in_once_by_a_link_that_is_made_by_keyboard_alone(browser) {
  await browser.visit("/settings", async (page) => {
    const mine = page.getByRole("region", {name: "Sessions"}).getByRole("listitem").filter({hasText: "This browser"})
    await mine.waitFor()
    const dialog = await open(page, "Sign in on another device")
    await wellMade(page, "the dialog before the link", "[role=dialog]")
    await press(page, "Make the link")
    const shown = dialog.getByText(/#code=/)
    await shown.waitFor()
    await dialog.getByText(/It works once, and for (4|5) min/).waitFor()
    await wellMade(page, "the dialog with the link", "[role=dialog]")
    await pressUntil(page, "Copy the link", "Copied")
    const link = await shown.innerText()
    expect(await page.evaluate(() => navigator.clipboard.readText()) === link, "something else was copied")
    expect(link.startsWith(`${URL_OF_PAGE}/#code=`), `the link is ${link}`)
    expect(!page.url().includes("code"), page.url())

    const hash = new URL(link).hash
    await browser.visit(`/${hash}`, async (other) => {
      await signedIn(other)
      await heading(other, "Stores").waitFor()
      await browser.visit(`/${hash}`, (thief) => thief.getByText(/This link was used already/).waitFor(), {signedIn: false})
      await press(page, "Done")
      await dialog.waitFor({state: "hidden"})
      await focusIs(page, "Sign in on another device")
      expect(!(await page.content()).includes(hash), "the page still holds the link")
      // It is a session like any other: it is listed, and can be ended from here.
      await page.getByRole("listitem").filter({hasText: "Safari on iOS"}).getByRole("button", {name: /^End the session/}).click()
      await page.getByRole("dialog").getByRole("button", {name: "End the session"}).click()
      await other.getByText(/Your session has ended/).waitFor({timeout: 30_000})
    }, {signedIn: false, options: {userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"}})
  }, {options: {permissions: ["clipboard-read", "clipboard-write"]}})
}

export async function the_token_signs_in_and_a_wrong_one_says_what_to_do(browser) {
  await browser.visit("/operations", async (page) => {
    await tokenField(page).waitFor()
    await signIn(page, "souk_wrong")
    await page.getByText(/This token is not right/).waitFor()
    expect(await tokenField(page).getAttribute("aria-invalid") === "true", "the field is not marked as wrong")
    await signIn(page)
    await heading(page, "Operations").waitFor()
    // No script can read the session.
    expect(await page.evaluate(() => document.cookie) === "", "a script can read the cookie")
    const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
    expect(!stored.includes(TOKEN), "the token is kept in the browser's storage")
  }, {signedIn: false})
}

export async function signing_out_ends_the_session_for_good(browser) {
  await browser.visit("/", async (page, context) => {
    await signIn(page)
    await signedIn(page)
    const cookies = await context.cookies()
    await page.getByRole("button", {name: "More"}).first().click()
    await page.getByRole("menuitem", {name: "Sign out"}).click()
    await tokenField(page).waitFor()
    // A copy of the cookie is worth nothing.
    await context.addCookies(cookies)
    await page.goto(URL_OF_PAGE + "/stores")
    await tokenField(page).waitFor()
  }, {signedIn: false})
}

export async function an_ended_session_says_so_once_and_leads_back(browser) {
  await browser.visit("/platform", async (page) => {
    await signIn(page)
    await heading(page, "Platform").waitFor()
    const {id} = await page.evaluate(async () => (await fetch("/api/v1/session")).json())
    await api("DELETE", `/api/v1/sessions/${id}`)
    // The page notices by itself: the health is asked every few seconds, and the stream is refused.
    await page.getByText(/Your session has ended/).waitFor({timeout: 30_000})
    await notBlank(page)
    expect(new URL(page.url()).pathname === "/platform", page.url())
    await signIn(page)
    await heading(page, "Platform").waitFor()
  }, {signedIn: false})
}

export async function a_foreign_page_can_write_nothing(browser) {
  const {cookies} = await browser.session()
  const cookie = cookies.map(({name, value}) => `${name}=${value}`).join("; ")
  expect(cookies.length > 0 && cookies.every(({httpOnly, sameSite}) => httpOnly && sameSite === "Strict"), `cookies: ${JSON.stringify(cookies.map(({value, ...rest}) => rest))}`)
  const ask = async (headers, path = "/api/v1/stores", method = "POST") => {
    const answer = await fetch(URL_OF_API + path, {method, headers: {Cookie: cookie, "Content-Type": "application/json", ...headers}, body: method === "POST" ? JSON.stringify({name: "Forged", engine: "shop"}) : undefined})
    return [answer.status, (await answer.json()).code]
  }
  const session = await (await fetch(`${URL_OF_API}/api/v1/session`, {headers: {Cookie: cookie}})).json()
  for (const [what, headers, code] of [
    ["without the session's token", {}, "csrf_refused"],
    ["with a wrong one", {"X-CSRF-Token": "x".repeat(session.csrf_token.length)}, "csrf_refused"],
    ["from another origin", {"X-CSRF-Token": session.csrf_token, Origin: "https://evil.example"}, "origin_refused"],
  ]) {
    const [status, told] = await ask(headers)
    expect(status === 403 && told === code, `a write ${what}: ${status} ${told}`)
  }
  const {stores} = await api("GET", "/api/v1/stores?search=Forged")
  expect(stores.length === 0, "a forged store was made")
}

export async function the_policy_of_the_page_allows_nothing_unsafe(browser) {
  await browser.visit(null, async (page) => {
    for (const path of ["/", "/stores", "/operations?state=failed", "/any/unknown/path"]) {
      const answer = await page.goto(URL_OF_PAGE + path)
      const policy = answer.headers()["content-security-policy"] ?? ""
      expect(policy.includes("default-src 'self'") && policy.includes("frame-ancestors"), `policy of ${path}: ${policy}`)
      expect(!/unsafe-|\*|data:/.test(policy), `policy of ${path}: ${policy}`)
      expect(answer.headers()["cache-control"].includes("no-cache"), `${path} is cached: ${answer.headers()["cache-control"]}`)
    }
    await heading(page, "There is no such page.").waitFor()
    // What an injected script would need is refused by the browser itself.
    const ran = await page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.hurt = 1'>")
      const script = document.createElement("script")
      script.textContent = "window.hurt = 2"
      document.body.append(script)
      return new Promise((resolve) => { setTimeout(() => { resolve(window.hurt) }, 300) })
    })
    expect(ran === undefined, "an injected script ran")
  }, {allow: [/^policy: script-src/]})
}

export async function hashed_files_are_kept_for_ever_and_come_compressed(browser) {
  const seen = []
  await browser.visit(null, async (page) => {
    page.on("response", (answer) => { if (answer.url().includes("/assets/")) seen.push(answer) })
    await page.goto(URL_OF_PAGE)
    await heading(page, "Stores").waitFor()
    expect(seen.length > 1, "no file of the build was asked for")
    for (const answer of seen) {
      const headers = answer.headers()
      expect(/immutable/.test(headers["cache-control"] ?? ""), `${answer.url()}: ${headers["cache-control"]}`)
      // What fits into one packet gains nothing.
      if (/\.(js|css)$/.test(answer.url()) && (await answer.body()).length > 1400) expect(["br", "gzip"].includes(headers["content-encoding"]), `${answer.url()} comes as ${headers["content-encoding"]}`)
    }
  })
}

export async function too_many_wrong_tokens_are_told_to_wait(browser) {
  // Looks at the log-in on a phone, too; nobody can sign in afterwards, so this story comes last.
  await browser.visit("/", async (page) => {
    await waitFor("the throttle", async () => {
      await signIn(page, `souk_wrong_${Math.random()}`)
      await page.getByText(/This token is not right|Too many attempts/).first().waitFor()
      return page.getByText(/Too many attempts from here. Try again in/).isVisible()
    }, 60)
    await page.setViewportSize(DESKTOP)
    await notBlank(page)
  }, {signedIn: false, size: PHONE})
}
