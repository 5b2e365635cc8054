// Every state of every component, as dashboard/src/**/*.stories.tsx tell it, in a real browser. It needs no soukd:
//
//     tools/dashboard --modules && node tests/dashboard/stories_components.mjs [WORD...]
import {mkdtempSync, readdirSync, readFileSync, rmSync} from "node:fs"
import {createServer} from "node:http"
import {createRequire} from "node:module"
import {tmpdir} from "node:os"
import {extname, join} from "node:path"
import {fileURLToPath, pathToFileURL} from "node:url"

import {Browser, Checks, DESKTOP, expect, PHONE, WITHOUT_WINDOWS} from "./browser.mjs"

const DASHBOARD = fileURLToPath(new URL("../../dashboard/", import.meta.url))
const require = createRequire(join(DASHBOARD, "package.json"))
const TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
/** A story is a part of a page: what a whole page must have, the pages are asked for. */
const OF_PAGES = ["region", "landmark-one-main", "page-has-heading-one"]
const RULES = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: Object.fromEntries(OF_PAGES.map((rule) => [rule, {enabled: false}])),
  resultTypes: ["violations"],
}
/** A theme changes colours and no places, a size places and no colours: each is looked at once. */
const LOOKS = [[DESKTOP, "light"], [PHONE, "dark"]]

/** Known before anything is built: each is a check of its own. */
const TITLES = readdirSync(join(DASHBOARD, "src"), {recursive: true}).filter((name) => name.endsWith(".stories.tsx"))
  .map((name) => /^ {2}title: "(.+)",$/m.exec(readFileSync(join(DASHBOARD, "src", name), "utf8"))[1]).sort()

/** The page of the stories. Of a development build, because React's warnings are errors in the console. */
async function build(folder) {
  process.env.NODE_ENV = "development"
  const vite = await import(pathToFileURL(require.resolve("vite")))
  await vite.build({
    root: DASHBOARD, mode: "development", logLevel: "error",
    build: {outDir: folder, emptyOutDir: true, minify: false, reportCompressedSize: false, rollupOptions: {input: join(DASHBOARD, "stories.html")}},
  })
}

/** Builds the page into a folder of its own. @returns its address */
export async function serveStories() {
  const folder = mkdtempSync(join(tmpdir(), "souk-stories-"))
  process.on("exit", () => { rmSync(folder, {recursive: true, force: true}) })
  await build(folder)
  return serveFolder(folder)
}

/** @returns its address */
export async function serveFolder(folder) {
  const server = createServer((request, answer) => {
    const path = new URL(request.url, "http://souk.test").pathname
    try {
      const body = readFileSync(join(folder, path))
      answer.writeHead(200, {"Content-Type": TYPES[extname(path)] ?? "application/octet-stream"}).end(body)
    } catch {
      answer.writeHead(path === "/favicon.ico" ? 204 : 404).end()
    }
  })
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve) })
  server.unref()
  return `http://127.0.0.1:${server.address().port}`
}

/** One page for all stories, which goes from one to the next. */
export class Stories {
  wrong = []

  static async open(browser, address, size, theme) {
    const stories = new Stories()
    const context = await browser.chromium.newContext({viewport: size, colorScheme: theme, locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce"})
    await context.addInitScript({path: require.resolve("axe-core/axe.min.js")})
    const page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on("pageerror", (error) => { stories.wrong.push(`uncaught: ${error.message}`) })
    page.on("console", (message) => { if (message.type() === "error") stories.wrong.push(`console: ${message.text()}`) })
    page.on("request", (request) => { if (/^(http|ws)/.test(request.url()) && !request.url().startsWith(address)) stories.wrong.push(`request: ${request.url()}`) })
    Object.assign(stories, {page, address, what: `${theme}, ${size.width} px`})
    await stories.begin()
    stories.names = await page.locator("[data-told]").evaluateAll((links) => links.map((link) => link.dataset.told))
    return stories
  }

  async begin() {
    await this.page.goto("about:blank")
    await this.page.goto(`${this.address}/stories.html`)
    await this.page.locator("[data-told]").first().waitFor()
  }

  /** Tells a story to its end. */
  async tell(name) {
    await this.page.evaluate((hash) => { location.hash = hash }, encodeURIComponent(name))
    await this.page.waitForFunction((wanted) => {
      const story = document.querySelector("[data-story]")
      const fell = document.getElementById("root").childElementCount === 0
      return fell || (story?.dataset.story === wanted && story.hasChildNodes() && !document.querySelector("[data-opens], [data-plays]"))
    }, name)
  }

  /** @returns what is wrong with it */
  async look(name) {
    this.wrong.length = 0
    const found = await this.tell(name).then(() => this.page.evaluate(judge, RULES)).catch((error) => [error.message])
    found.unshift(...this.wrong)
    if (found.length > 0) await this.begin() // what fell takes the page with it
    return found.map((text) => `${name}: ${this.what}: ${text}`)
  }

  async lookAtAll(names) {
    const found = []
    for (const name of names) found.push(...await this.look(name))
    return found
  }
}

/** In the page: neither the story nor its dialog scrolls sideways, and axe finds nothing. */
async function judge(rules) {
  const moves = () => document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === "running")
  while (moves()) await new Promise(requestAnimationFrame)
  const wide = [...document.querySelectorAll("html, [data-story], [role=dialog], [role=dialog] > div")]
    .filter((one) => one.scrollWidth > one.clientWidth).map((one) => `${one.role ?? one.localName} is ${one.scrollWidth} wide in ${one.clientWidth}`)
  const {violations} = await globalThis.axe.run(document, rules)
  return [...wide, ...violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({target, failureSummary}) => `${target.join(" ")}: ${failureSummary.split("\n")[1]?.trim() ?? ""}`).join(" | ")}`)]
}

/**
 * Both themes, a desktop and a phone: nothing in the console, nothing that sticks out, nothing for axe to find. A check for each component.
 * `tell`: runs a check, if nobody else does; `serve`: gives the address of the built page.
 */
export async function everyComponent(browser, words, tell, serve = serveStories) {
  const wanted = TITLES.map((title) => [title, `component ${title}`]).filter(([, name]) => words.length === 0 || words.some((word) => name.includes(word)))
  if (wanted.length === 0) return
  let looks = []
  const open = async () => {
    const address = await serve()
    looks = await Promise.all(LOOKS.map((look) => Stories.open(browser, address, ...look)))
  }
  if (!await tell("the stories are built", open)) await open()
  for (const [title, name] of looks.length > 0 ? wanted : []) {
    await tell(name, async () => {
      const states = looks[0].names.filter((one) => one.startsWith(`${title}/`))
      expect(states.length > 0, "it has no story")
      const wrong = (await Promise.all(looks.map((stories) => stories.lookAtAll(states)))).flat()
      expect(wrong.length === 0, wrong.join("\n"))
    })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === "--build") await build(process.argv[3])
  else await lookAtThem(process.argv.slice(2))
}

async function lookAtThem(words) {
  const browser = await Browser.start(WITHOUT_WINDOWS)
  const checks = new Checks()
  try {
    await everyComponent(browser, words, async (name, story) => {
      await checks.run(name, story)
      return true
    })
  } finally {
    await browser.close()
  }
  checks.finish()
}
