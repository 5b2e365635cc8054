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
const FEW = 500
const ROUNDS = 3
const WATCHED_MS = 1500
/** So fast that each frame shows other lines than the one before, however many there are. */
const PIXELS_PER_MS = 60

/** The 95th percentile of the milliseconds between frames while it scrolls down and up again. */
const frameOf = (place) => place.evaluate((element, [wanted, speed]) => new Promise((resolve) => {
  const times = []
  const range = element.scrollHeight - element.clientHeight
  let [from, before] = [0, 0]
  const draw = (now) => {
    if (before > 0) times.push(now - before)
    from ||= now
    before = now
    const way = ((now - from) * speed) % (2 * range)
    element.scrollTop = Math.min(way, 2 * range - way)
    if (now - from < wanted) requestAnimationFrame(draw)
    else resolve(times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)])
  }
  requestAnimationFrame(draw)
}), [WATCHED_MS, PIXELS_PER_MS])

export async function ten_thousand_lines_of_a_log_scroll_like_a_few(browser, {pages}) {
  const {"store-logs": path} = Object.fromEntries(await pages())
  await browser.visit(null, async (page) => {
    let [asked, lines] = [0, 0]
    await page.route("**/api/v1/stores/*/logs**", async (route) => {
      // An answer ends and a log goes on: the second question is one that gets no line any more.
      if (++asked === 1) await route.fulfill({contentType: "text/plain", body: Array.from({length: lines}, (_, i) => `web-${i % 3}/web line ${i} of a program that has much to say about request ${i * 7919}\n`).join("")})
    })
    const log = page.getByRole("log", {name: "Log lines"})
    const scroll = async (count) => {
      [asked, lines] = [0, count]
      await page.goto(URL_OF_PAGE + path)
      await log.getByText(`line ${count - 1} of`).waitFor()
      await page.getByText(`${count.toLocaleString("en")} lines`).waitFor()
      const frame = await frameOf(log)
      expect(await log.locator("[data-index]").count() < 200, "lines pile up while scrolling")
      return frame
    }
    // A machine that does something else at the same time draws fewer frames, but not in each round and of many lines only.
    const [few, many] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      few.push(await scroll(FEW))
      many.push(await scroll(LINES))
    }
    expect(Math.min(...many) < Math.max(50, 1.5 * Math.min(...few)), `p95 of frames: ${many} ms of ${LINES} lines, ${few} ms of ${FEW}`)
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
