// Ten thousand of a thing, and what programs use: pages stay quick and say the right number.
import {api, control, expect, makeStore, URL_OF_PAGE, waitFor, waitPhase} from "./browser.mjs"

const row = (page, name) => page.getByRole("row").filter({hasText: name})

export async function ten_thousand_rows_cost_what_thirty_cost(browser, {pages}) {
  await pages() // one of them is the sample
  const {stores: [sample]} = await api("GET", "/api/v1/stores?page_size=1")
  const SIZE = 2000
  const MOST = 10_000
  await browser.visit(null, async (page) => {
    await page.route("**/api/v1/stores?**", (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get("page_token") ?? 0)
      const stores = Array.from({length: SIZE}, (_, i) => ({...sample, id: `str_${String(from + i).padStart(26, "0")}`, name: `Store number ${from + i}`}))
      return route.fulfill({contentType: "application/json", body: JSON.stringify({stores, next_page_token: from + SIZE < MOST ? String(from + SIZE) : ""})})
    })
    await page.goto(`${URL_OF_PAGE}/stores`)
    await row(page, "Store number 0").first().waitFor()
    const rows = await page.getByRole("row").count()
    expect(rows < 80, `${rows} rows are in the page`)
    // To the end of what is there, until the last page is.
    await waitFor(`store number ${MOST - 1}`, () => page.getByRole("table").evaluate((table, last) => {
      const place = [...table.querySelectorAll("[role=rowgroup]")].at(-1)
      place.scrollTop = place.scrollHeight
      return table.innerText.includes(last)
    }, `Store number ${MOST - 1}`), 60, 20)
    expect(await page.getByRole("row").count() < 80, "rows pile up while scrolling")
  })
}

const LINES = 10_000
const WATCHED_MS = 3000
const FRAME_MS = 1000 / 60

/** Milliseconds between frames, sorted; `moving`: while it scrolls from top to bottom. */
const framesOf = (place, moving, milliseconds) => place.evaluate((element, [scrolls, wanted]) => new Promise((resolve) => {
  const times = []
  let [from, before] = [0, 0]
  const draw = (now) => {
    if (before > 0) times.push(now - before)
    from ||= now
    before = now
    const part = Math.min(1, (now - from) / wanted)
    if (scrolls) element.scrollTop = part * (element.scrollHeight - element.clientHeight)
    if (part < 1) requestAnimationFrame(draw)
    else resolve(times.sort((one, other) => one - other))
  }
  if (scrolls) element.scrollTop = 0
  requestAnimationFrame(draw)
}), [moving, milliseconds])

const p95 = (sorted) => sorted[Math.floor(sorted.length * 0.95)]

export async function ten_thousand_lines_of_a_log_scroll_like_ten(browser, {pages}) {
  const {"store-logs": path} = Object.fromEntries(await pages())
  await browser.visit(null, async (page) => {
    let asked = 0
    await page.route("**/api/v1/stores/*/logs**", async (route) => {
      // An answer ends and a log goes on: the second question is one that gets no line any more.
      if (++asked === 1) await route.fulfill({contentType: "text/plain", body: Array.from({length: LINES}, (_, i) => `web-${i % 3}/web line ${i} of a program that has much to say about request ${i * 7919}\n`).join("")})
    })
    await page.goto(URL_OF_PAGE + path)
    const log = page.getByRole("log", {name: "Log lines"})
    await log.getByText(`line ${LINES - 1} of`).waitFor()
    await page.getByText("10,000 lines").waitFor()
    // A machine that does something else at the same time draws fewer frames of a page that stands still, too.
    const still = await framesOf(log, false, WATCHED_MS / 3)
    const frames = await framesOf(log, true, WATCHED_MS)
    const most = p95(frames) - Math.max(0, p95(still) - FRAME_MS)
    expect(frames.length > 30 && most < 50, `p95 of ${frames.length} frames is ${p95(frames).toFixed(1)} ms, of a page that stands still ${p95(still).toFixed(1)} ms`)
    await log.getByText(`line ${LINES - 1} of`).waitFor()
    expect(await log.locator("[data-index]").count() < 200, "lines pile up while scrolling")
  })
}

export async function usage_is_shown_in_numbers_and_over_time(browser) {
  const {id, slug, namespace} = await makeStore("Measured shop")
  await waitPhase(id, "Ready")
  const pods = Number(await control("measure", {namespace, cpu: "250m", memory: "20Mi"}))
  const whole = await waitFor("two samples of all pods", async () => {
    const {now, quota, samples} = await api("GET", `/api/v1/stores/${id}/usage?range=1h`)
    return now && samples.filter(({cpu_millicores: cpu}) => cpu === 250 * pods).length > 1 ? quota : null
  }, 40)
  await browser.visit(`/stores/${id}?range=1h`, async (page) => { // longer ones have fewer points
    const usage = page.getByRole("region", {name: "Usage"})
    const told = (name) => usage.getByRole("meter", {name}).getAttribute("aria-valuetext")
    await usage.getByRole("meter", {name: "CPU"}).waitFor()
    expect(await told("CPU") === `${0.25 * pods} of ${whole.limits_cpu_millicores / 1000}`, `CPU: ${await told("CPU")}`)
    expect((await told("Memory")).startsWith(`${20 * pods} MiB of ${whole.limits_memory_bytes / 2 ** 30} GiB`), `memory: ${await told("Memory")}`)
    const line = usage.getByRole("table", {name: "By pod"}).getByRole("row").filter({hasText: "web"})
    expect(/0\.25/.test(await line.innerText()) && /20 MiB/.test(await line.innerText()) && !(await line.innerText()).includes(slug), `by pod: ${await line.innerText()}`)
    await usage.getByText(`CPU over time. The highest value is ${0.25 * pods}.`).waitFor({state: "attached"})
    await waitFor("two charts with something in them", () => usage.locator("canvas").evaluateAll((all) => all.length === 2 && all.every((one) => one.getContext("2d").getImageData(0, 0, one.width, one.height).data.some((byte) => byte !== 0))))
  })
}
