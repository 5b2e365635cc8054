// Names and lines that somebody wrote to do harm, or only in another way than most: they stay text, and in their place.
import {DESKTOP, expect, fits, makeStore, notBlank, PHONE, TOKEN, URL_OF_API, URL_OF_PAGE, waitFor, waitPhase, WIDE, WIDEST, withLog} from "./browser.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})

const SIZES = [WIDEST, WIDE, PHONE, DESKTOP]
/** The one that is looked for is made last: what happened begins with the newest hundred. */
const HOSTILE = ["\"><img src=x onerror=alert(1)>", "🛍️🦊👩‍👩‍👧‍👦🏳️‍🌈", "מרכז קניות", "a".repeat(63), "🦊".repeat(63), "${7*7} {{7*7}} %s %n", "<script>alert(document.cookie)</script>"]

export async function hostile_names_stay_text(browser) {
  const made = []
  for (const name of HOSTILE) {
    // Some of them soukd refuses with a sentence; the others must do no harm anywhere.
    const answer = await fetch(`${URL_OF_API}/api/v1/stores`, {method: "POST", headers: {Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json"}, body: JSON.stringify({name, engine: "shop"})})
    const document = await answer.json()
    if (answer.status === 202) made.push(document.store)
    else expect(answer.status === 422, `${name}: ${answer.status} ${JSON.stringify(document)}`)
  }
  expect(made.length >= 4, `only ${made.length} hostile names were taken`)
  expect(made.some(({name}) => [...name].length === 63 && name.startsWith("🦊")), "63 signs are a name, whatever they are made of")
  let hurt = 0
  const unhurt = async (page) => {
    page.on("dialog", (dialog) => { hurt += 1; void dialog.dismiss() })
  }
  await browser.visit(null, async (page) => {
    await unhurt(page)
    for (const path of ["/stores", "/operations", "/activity"]) {
      await page.goto(URL_OF_PAGE + path)
      await page.getByText("<script>alert(document.cookie)</script>").first().waitFor()
      expect(await page.locator("img[src='x']").count() === 0, `${path} made an element of a name`)
      for (const size of SIZES) {
        await page.setViewportSize(size)
        await fits(page, `${path} at ${size.width}`)
      }
    }
    for (const store of made) {
      await page.goto(`${URL_OF_PAGE}/stores/${store.id}`)
      const title = heading(page, store.name)
      await title.waitFor()
      // A name of the other direction turns nothing around it.
      expect(await title.locator("bdi").count() === 1 || await title.getAttribute("dir") === "auto", `the heading of ${store.name} is not isolated`)
      for (const size of SIZES) {
        await page.setViewportSize(size)
        await fits(page, `the page of ${store.name} at ${size.width}`)
      }
    }
  })
  expect(hurt === 0, `${hurt} scripts of names ran`)
  await browser.visit("/create", async (page) => {
    await page.getByLabel("Name of the shop").fill("\u202Etxet \u0007\u001b[31m")
    await waitFor("a refusal in words", async () => (await page.getByRole("alert").count()) > 0)
    await notBlank(page)
  })
}

const LINES = [
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "\u001b[31mred\u001b[0m \u001b]0;title\u0007\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007 \u001b[2Jafter",
  "before \u202Egnol si siht",
  "Error: \u001b[31mno \u202Eycnerruc\u001b[0m <b>here</b>",
  "x".repeat(1024 * 1024),
  "the last line",
]

/** A line that turns its direction turns nothing beside it. */
async function staysInside(line, what) {
  const {name, bidi, left, before} = await line.evaluate((element) => ({
    name: element.localName, bidi: getComputedStyle(element).unicodeBidi, left: element.getBoundingClientRect().left,
    before: element.closest("[data-index]")?.firstElementChild.getBoundingClientRect().right ?? 0, // where it is from
  }))
  expect(name === "bdi" && bidi === "isolate" && before <= left, `${what}: ${name}, ${bidi}, from ${left} beside ${before}`)
}

export async function hostile_log_lines_stay_text(browser) {
  const {id} = await makeStore("Loud shop")
  await waitPhase(id, "Ready")
  await withLog(LINES, async () => {
    const failed = await makeStore("Loud failure", "bad-setup")
    await browser.visit(null, async (page) => {
      let hurt = 0
      page.on("dialog", (dialog) => { hurt += 1; void dialog.dismiss() })
      await page.goto(`${URL_OF_PAGE}/stores/${id}?tab=logs`)
      const log = page.getByRole("log", {name: "Log lines"})
      await log.getByText("the last line").first().waitFor()
      await log.getByText("<script>alert(1)</script><img").first().waitFor()
      await log.getByText("red link after", {exact: true}).first().waitFor()
      await staysInside(log.getByText("before").first(), "a line that turns its direction")
      const shown = await log.innerText()
      expect(!/[\u001b\u0007]/.test(shown), "terminal escapes are shown as they are")
      expect(await log.locator("img, script, b, a").count() === 0, "a line became an element")
      // soukd passes on so much of one line as a follower may hold; the page shows its beginning.
      expect(shown.length < 100_000, `${shown.length} letters are in the page`)
      await log.getByRole("button", {name: "all 256 KiB"}).first().click()
      await page.getByRole("dialog").getByText("xxxxxxxx").waitFor()
      await page.keyboard.press("Escape")
      // A long line does not hold the page up.
      const took = await page.evaluate(async () => {
        const from = performance.now()
        await new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(resolve, 0) }) })
        return performance.now() - from
      })
      expect(took < 2000, `a frame takes ${took} ms`)
      await fits(page, "a loud log")
      // What was kept of a store that failed.
      await waitPhase(failed.id, "Failed")
      await page.goto(`${URL_OF_PAGE}/stores/${failed.id}`)
      const proof = page.getByText("Error: no \u202Eycnerruc <b>here</b>", {exact: true})
      await proof.waitFor()
      await page.getByText("red link after", {exact: true}).waitFor()
      await staysInside(proof, "a line that proves a failure")
      await fits(page, "a loud failure")
      await page.getByRole("button", {name: "All logs"}).click()
      await log.getByText("red link after", {exact: true}).first().waitFor()
      await page.getByText(/^Kept from the time/).waitFor()
      expect(!(await page.title()).includes("title") && hurt === 0, "a line took effect")
    })
  })
}
