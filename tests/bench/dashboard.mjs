// The dashboard in Chromium at a soukd with many stores; dashboard_part.py starts it with SOUK_URL, SOUK_API, SOUK_TOKEN and SAMPLES and reads
// the one JSON document that it prints.
import {api, Browser, expect, pause, TOKEN, URL_OF_API, waitFor} from "../dashboard/browser.mjs"

const SAMPLES = Number(process.env.SAMPLES)
const LOADS = 20
const EVENTS = 10_000
const REST_SECONDS = 60

/** As web-vitals reports it: the longest interaction, but one of each 50 left out. */
const inpOf = (durations) => durations.toSorted((a, b) => b - a)[Math.floor(durations.length / 50)]

const rows = (page) => page.getByRole("table").getByRole("link", {name: /./})

/** Each in a browser that has nothing of the page: largest contentful paints in ms, bytes of script as sent. */
async function load(browser) {
  const paints = []
  let script = 0
  for (let i = 0; i < LOADS; i++) {
    await browser.visit("/stores", async (page) => {
      await rows(page).first().waitFor()
      const seen = await page.evaluate(() => new Promise((resolve) => {
        let last = 0
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) last = entry.startTime }).observe({type: "largest-contentful-paint", buffered: true})
        setTimeout(() => {
          const scripts = performance.getEntriesByType("resource").filter(({name}) => name.endsWith(".js"))
          resolve({last, script: scripts.reduce((sum, {encodedBodySize}) => sum + encodedBodySize, 0)})
        }, 500)
      }))
      expect(seen.last > 0 && seen.script > 0, JSON.stringify(seen))
      paints.push(seen.last)
      script = seen.script
    })
  }
  return {paints, script}
}

/** What an operator does with the list, with real keys and clicks; durations in ms until the next frame is painted. */
async function interact(page) {
  await page.evaluate(() => {
    globalThis.interactions = new Map()
    new PerformanceObserver((list) => {
      for (const {interactionId, duration} of list.getEntries()) {
        if (interactionId) globalThis.interactions.set(interactionId, Math.max(duration, globalThis.interactions.get(interactionId) ?? 0))
      }
    }).observe({type: "event", durationThreshold: 16})
    globalThis.asked = 0
    for (const type of ["keydown", "pointerdown"]) addEventListener(type, () => { globalThis.asked += 1 }, {capture: true})
  })
  const search = page.getByRole("searchbox")
  for (const words of ["bakery", "north", "quiet coffee"]) {
    await search.click()
    await page.keyboard.type(words, {delay: 40})
    await pause(300)
    await search.fill("")
    await pause(300)
  }
  const totals = page.getByRole("group", {name: "Status"}).getByRole("button")
  for (let i = 0; i < 10; i++) {
    await totals.nth(i % 2).click()
    await pause(200)
  }
  await totals.first().click()
  for (let i = 0; i < 10; i++) {
    await page.getByRole("checkbox").nth(1 + i).click()
    await pause(50)
  }
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press("Control+k")
    await page.getByRole("dialog").waitFor()
    await page.keyboard.type("set", {delay: 40})
    await page.keyboard.press("Escape")
    await pause(100)
  }
  await pause(500)
  const [asked, slow] = await page.evaluate(() => [globalThis.asked, [...globalThis.interactions.values()]])
  // Those below 16 ms are not told one by one.
  return [...slow, ...Array.from({length: Math.max(0, asked - slow.length)}, () => 8)]
}

async function heapOf(session) {
  await session.send("HeapProfiler.collectGarbage")
  return (await session.send("Runtime.getHeapUsage")).usedSize
}

/** PATCH, with the version that the last one gave. */
function renamer(store) {
  let etag = ""
  return async (name) => {
    const path = `${URL_OF_API}/api/v1/stores/${store.id}`
    const headers = {Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json"}
    if (!etag) etag = (await fetch(path, {headers})).headers.get("ETag")
    const answer = await fetch(path, {method: "PATCH", headers: {...headers, "If-Match": etag}, body: JSON.stringify({name})})
    expect(answer.ok, `rename: ${answer.status} ${await answer.text()}`)
    etag = answer.headers.get("ETag")
  }
}

/** Milliseconds from a change's time in soukd to the frame that shows it, in the list. */
async function follow(page, store) {
  await page.evaluate(() => {
    globalThis.shown = new Map()
    new MutationObserver(() => {
      const found = /Shown \d+/.exec(document.querySelector("table, [role=table]")?.textContent ?? "")
      if (found && !globalThis.shown.has(found[0])) {
        globalThis.shown.set(found[0], 0)
        requestAnimationFrame(() => { globalThis.shown.set(found[0], performance.timeOrigin + performance.now()) })
      }
    }).observe(document.body, {subtree: true, childList: true, characterData: true})
  })
  const rename = renamer(store)
  for (let i = 0; i < SAMPLES; i++) {
    await rename(`Shown ${i}`)
    await page.waitForFunction((name) => (globalThis.shown.get(name) ?? 0) > 0, `Shown ${i}`, {polling: "raf", timeout: 10_000})
    await pause(20 + Math.random() * 60)
  }
  const shown = new Map(await page.evaluate(() => [...globalThis.shown]))
  const known = []
  for (let token = ""; known.length < SAMPLES;) {
    const {events, next_page_token: next} = await api("GET", `/api/v1/stores/${store.id}/events?type=store.renamed&page_size=1000${token && `&page_token=${token}`}`)
    known.push(...events)
    token = next
    if (!token) break
  }
  return known.flatMap(({message, time}) => {
    const name = /Shown \d+/.exec(message)?.[0]
    return name === undefined || !shown.get(name) ? [] : [shown.get(name) - Date.parse(time)]
  })
}

const browser = await Browser.start()
try {
  const {paints, script} = await load(browser)
  await browser.visit("/stores", async (page, context) => {
    await rows(page).first().waitFor()
    const session = await context.newCDPSession(page)
    await session.send("Performance.enable")
    const durations = await interact(page)

    await page.goto(`${process.env.SOUK_URL}/stores?sort=-updated`)
    await rows(page).first().waitFor()
    const {stores} = await api("GET", "/api/v1/stores?page_size=8&sort=-updated")
    const delays = await follow(page, stores[0])

    const before = await heapOf(session)
    const renames = stores.map(renamer)
    await Promise.all(renames.map(async (rename, at) => {
      for (let i = at; i < EVENTS; i += renames.length) await rename(`Event ${i}`)
    }))
    await waitFor("the last change on the page", async () => /Event 999\d/.test(await page.getByRole("table").innerText()), 30)
    await pause(2000)
    const after = await heapOf(session)

    const taskTime = async () => (await session.send("Performance.getMetrics")).metrics.find(({name}) => name === "TaskDuration").value
    const from = await taskTime()
    await pause(REST_SECONDS * 1000)
    const rest = (await taskTime()) - from
    console.log(JSON.stringify({paints, script, durations, inp: inpOf(durations), delays, heap: [before, after], events: EVENTS, rest: rest / REST_SECONDS}))
  })
} finally {
  await browser.close()
}
