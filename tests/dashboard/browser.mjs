// What the stories share: the browser, its eyes (policy violations, page errors, axe), soukd's API and a list of checks.
import {readFileSync} from "node:fs"
import {createRequire} from "node:module"

const require = createRequire(new URL("../../dashboard/package.json", import.meta.url))
const {chromium} = require("playwright-core")
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8")

export const URL_OF_PAGE = process.env.SOUK_URL
export const URL_OF_API = process.env.SOUK_API
export const TOKEN = process.env.SOUK_TOKEN

export const DESKTOP = {width: 1280, height: 800}
export const PHONE = {width: 360, height: 740}
export const WIDE = {width: 1920, height: 1080}
export const WIDEST = {width: 2560, height: 1440}

export function expect(condition, message) {
  if (!condition) throw new Error(message)
}

export const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds) })

/** The probe's first true value; says what it waited for and what it saw last. */
export async function waitFor(what, probe, seconds = 20, every = 100) {
  const end = Date.now() + seconds * 1000
  let last
  while (Date.now() < end) {
    last = await probe()
    if (last) return last
    await pause(every)
  }
  throw new Error(`waited ${seconds} s for ${what}; last seen: ${JSON.stringify(last)}`)
}

/** One `ok` or `not ok` line a story and a sum at the end, as in tests/e2e. */
export class Checks {
  passed = 0
  failed = 0

  async run(name, story) {
    const started = Date.now()
    try {
      await story()
      this.passed += 1
      console.log(`ok      ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
    } catch (error) {
      this.failed += 1
      console.log(`not ok  ${name}: ${error.message.split("\n").slice(0, 12).join("\n        ")}`)
      console.error(error.stack)
    }
  }

  finish() {
    console.log(`${this.passed} passed, ${this.failed} failed`)
    process.exitCode = this.failed > 0 ? 1 : 0
  }
}

/** soukd by its API, as a program would use it. */
export async function api(method, path, body, status = [200, 201, 202, 204]) {
  const answer = await fetch(URL_OF_API + path, {
    method,
    headers: {Authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : {"Content-Type": "application/json"})},
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  expect(status.includes(answer.status), `${method} ${path}: ${answer.status} ${text}`)
  return text ? JSON.parse(text) : null
}

export const makeStore = async (name, engine = "shop", plan = "starter") => (await api("POST", "/api/v1/stores", {name, engine, plan})).store

export async function phaseOf(id) {
  const answer = await fetch(`${URL_OF_API}/api/v1/stores/${id}`, {headers: {Authorization: `Bearer ${TOKEN}`}})
  return answer.status === 410 ? "Deleted" : (await answer.json()).phase
}

export const waitPhase = (id, phase, seconds = 90) => waitFor(`phase ${phase}`, async () => (await phaseOf(id)) === phase, seconds)

/** What only `run` can do: kill (-9), start and stop soukd, kubectl, tell what pods use. */
export async function control(action, asked = {}) {
  const answer = await fetch(`${process.env.SOUK_CONTROL}/${action}`, {method: "POST", body: JSON.stringify(asked)})
  const text = await answer.text()
  expect(answer.ok, `${action}: ${text}`)
  return text
}

/** With these lines in the log of every pod, behind the one that they have anyway. */
export async function withLog(lines, story) {
  await control("log", {lines})
  try {
    await story()
  } finally {
    await control("log", {lines: []})
  }
}

export const kubectl = (args, stdin) => control("kubectl", {args, stdin})

/** Lets a store of the engine "patient" or "endless" go on to its end: its program comes at once. */
export const letGo = ({namespace}) => waitFor("its program", async () =>
  /labeled/.test(await kubectl(["label", "pods", "-n", namespace, "-l", "app.kubernetes.io/component=web,souk.dev/test-fault=slow", "souk.dev/test-fault-"])))

/** The story with a soukd of other settings. */
export async function withSettings(settings, story) {
  await control("stop")
  await control("start", settings)
  try {
    await story()
  } finally {
    await control("stop")
    await control("start")
  }
}

/** The status beside the heading of a store's page; events of the past, further down, have the same words. */
export const status = (page, word) => page.locator("h1 + span", {hasText: new RegExp(`^${word}$`)})

export const newCode = () => api("POST", "/api/v1/sign-in-codes")

/** A blank page is its opener's. */
const isElsewhere = (address) => /^https?:/.test(address) && new URL(address).origin !== new URL(URL_OF_PAGE).origin

/** No name but those of this machine resolves: what a page asks of the world stays here, and fails the story. */
const AT_HOME = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1"

/** Chromium whole, and without the windows around its pages: a visit costs a third of the processor's time. */
export const CHROMIUM = "/usr/bin/chromium"
export const WITHOUT_WINDOWS = "/usr/bin/chromium-headless-shell"

export class Browser {
  static async start(program = CHROMIUM) {
    const browser = new Browser()
    browser.chromium = await chromium.launch({executablePath: process.env.SOUK_CHROMIUM ?? program, args: ["--no-sandbox", "--force-prefers-reduced-motion", AT_HOME]})
    return browser
  }

  async close() {
    await this.chromium.close()
  }

  /** Signs in once; every other visitor comes with this session, unless it is said otherwise. */
  async session() {
    this.state ??= await (async () => {
      const context = await this.chromium.newContext()
      const page = await context.newPage()
      const {url} = await newCode()
      await page.goto(URL_OF_PAGE + "/" + new URL(url).hash)
      await page.getByRole("navigation").first().waitFor()
      const state = await context.storageState()
      await context.close()
      return state
    })()
    return this.state
  }

  /**
   * A page of its own, watched: a violated policy, an uncaught error or a request to another host fails the story. `allow`: but for these;
   * `allowElsewhere`: but for these on pages that are not the dashboard's.
   */
  async visit(path, story, {theme = "light", size = DESKTOP, signedIn = true, allow = [], allowElsewhere = [], options = {}} = {}) {
    const context = await this.chromium.newContext({
      viewport: size, colorScheme: theme, locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce",
      ...(signedIn ? {storageState: await this.session()} : {}), ...options,
    })
    context.setDefaultTimeout(30_000)
    const wrong = []
    const note = (at, text) => {
      if (!(isElsewhere(at) ? [...allow, ...allowElsewhere] : allow).some((pattern) => pattern.test(text))) wrong.push(text)
    }
    await context.exposeBinding("__violated", (_, at, text) => { note(at, `policy: ${text}`) })
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        window.__violated(event.documentURI, `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`)
      })
    })
    context.on("page", (page) => {
      page.on("pageerror", (error) => { note(page.url(), `uncaught: ${error.message}`) })
      page.on("request", (request) => {
        // A page that is opened is asked for by itself; the dashboard's policy lets it frame none.
        const at = request.isNavigationRequest() ? request.url() : page.url()
        if (/^https?:/.test(request.url()) && !request.url().startsWith(URL_OF_PAGE)) note(at, `request to another host: ${request.url()}`)
      })
    })
    const page = await context.newPage()
    try {
      if (path !== null) await page.goto(URL_OF_PAGE + path)
      await story(page, context)
      expect(wrong.length === 0, wrong.join("; "))
    } finally {
      await context.close()
    }
  }
}

/** In the page. What axe did not object to stays there: it is megabytes, and their way out takes longer than the looking. */
async function judge(within) {
  const {violations} = await globalThis.axe.run(within ?? document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]})
  return violations.map(({id, help, nodes}) => `${id}: ${help} (${nodes.slice(0, 3).map(({target, failureSummary}) => `${target.join(" ")}: ${failureSummary.split("\n")[1]?.trim() ?? ""}`).join(" | ")})`)
}

/** WCAG 2.2 AA as far as a program can tell. `within`: only there; what lies behind a dialog is hidden for the time being. */
export async function accessible(page, what, within) {
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(AXE)
  const told = await page.evaluate(judge, within)
  expect(told.length === 0, `${what}: ${told.join("; ")}`)
}

/** Nothing sticks out to the right, neither of the window nor of the content, which scrolls by itself. */
export async function fits(page, what) {
  const told = await page.evaluate(() => [document.documentElement, document.querySelector("main")]
    .filter((part) => part && part.scrollWidth > part.clientWidth)
    .map((part) => `${part.localName} is ${part.scrollWidth} wide in ${part.clientWidth}`))
  expect(told.length === 0, `${what}: ${told.join(", ")}`)
}

/** Colours that change take a while. */
export const settled = (page) => waitFor("the new colours",
  () => page.evaluate(() => !document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === "running")))

/** In both themes: nothing for axe to find, nothing that sticks out. */
export async function wellMade(page, what, within) {
  const wrong = []
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({colorScheme: theme})
    await settled(page)
    await waitFor("the end of loading", async () => (await page.getByRole("status", {name: "Loading"}).count()) === 0, 30)
    await fits(page, what).then(() => accessible(page, what, within)).catch((error) => { wrong.push(`${theme} ${error.message}`) })
  }
  expect(wrong.length === 0, wrong.join("\n"))
}

/** The page has said something to a person: neither blank nor only a frame. */
export async function notBlank(page) {
  const text = (await page.locator("body").innerText()).trim()
  expect(text.length > 20, `the page is blank: ${JSON.stringify(text)}`)
}
