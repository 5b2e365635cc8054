// Writes that meet a failing back end: one sentence says so, what was typed stays, and the second try is the first one over again.
import {api, expect, makeStore, newCode, phaseOf, status, URL_OF_PAGE, waitFor, waitPhase} from "./browser.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
const PROBLEM = {type: "https://souk.dev/problems/unavailable", title: "Service Unavailable", status: 503, detail: "The database does not answer; try again in a moment.", code: "unavailable", request_id: "req_failing"}

/** How the first try ends: soukd never sees it, or soukd does it and its answer is lost on the way. */
const WAYS = {
  refused: {
    fail: (route) => route.fulfill({status: 503, contentType: "application/problem+json", headers: {"Retry-After": "1"}, body: JSON.stringify(PROBLEM)}),
    sentence: PROBLEM.detail,
  },
  lost: {
    fail: async (route) => {
      await route.fetch()
      await route.fulfill({status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>"})
    },
    sentence: "soukd answered 502 without saying why.",
  },
}

/** The first of these writes fails. */
async function failOnce(page, method, path, {fail}) {
  let failed = false
  await page.route((url) => path.test(url.pathname) && !url.searchParams.has("validate_only"), (route) => {
    if (route.request().method() !== method || failed) return route.fallback()
    failed = true
    return fail(route)
  })
}

/** One sentence, in one place. */
async function isTold(place, {sentence}) {
  await place.getByText(sentence).waitFor()
  const alerts = await place.getByRole("alert").allInnerTexts()
  expect(alerts.length === 1 && !/gateway/i.test(alerts[0]), `told: ${alerts.join(" | ")}`)
}

const operationsOf = async (id, kind) => (await api("GET", `/api/v1/operations?store=${id}&kind=${kind}`)).operations
const both = (story) => Promise.all(Object.entries(WAYS).map(([name, way]) => story(name, way)))

export async function a_creation_that_meets_a_failure_is_made_once_by_the_second_try(browser) {
  await both((way, how) => browser.visit("/create", async (page) => {
    const name = `Written although ${way}`
    await page.getByRole("radio", {name: /^Shop/}).check()
    await page.getByRole("radio", {name: /^Standard/}).check()
    await page.getByLabel("Name of the shop").fill(name)
    await page.getByText("This name is free.").waitFor()
    await failOnce(page, "POST", /\/stores$/, how)
    const submit = page.getByRole("button", {name: "Create store"})
    await submit.click()
    await isTold(page.locator("main"), how)
    expect(page.url().startsWith(`${URL_OF_PAGE}/create`), page.url())
    expect(await page.getByLabel("Name of the shop").inputValue() === name, "the name is lost")
    expect(await page.getByRole("radio", {name: /^Standard/}).isChecked(), "the chosen size is lost")
    await submit.click()
    await page.waitForURL(/\/stores\/str_/)
    await heading(page, name).waitFor()
    const {stores} = await api("GET", `/api/v1/stores?search=${encodeURIComponent(way)}`)
    const made = stores.filter((store) => store.name === name)
    expect(made.length === 1, `${made.length} stores were made`)
    expect(page.url().endsWith(made[0].id), "the page shows another store")
  }))
}

export async function a_suspension_that_meets_a_failure_is_done_once_by_the_second_try(browser) {
  await both(async (way, how) => {
    const {id} = await makeStore(`Suspended although ${way}`)
    await waitPhase(id, "Ready")
    await browser.visit(`/stores/${id}?tab=danger`, async (page) => {
      await failOnce(page, "POST", /\/actions\/suspend$/, how)
      await page.getByRole("button", {name: "Suspend"}).first().click()
      const dialog = page.getByRole("dialog")
      const confirm = dialog.getByRole("button", {name: "Suspend"})
      await confirm.click()
      await isTold(dialog, how)
      await confirm.click()
      await dialog.waitFor({state: "hidden"})
      await waitPhase(id, "Suspended")
      await page.getByText("This store is suspended.").first().waitFor()
      expect((await operationsOf(id, "store.suspend")).length === 1, `${way}: suspended ${(await operationsOf(id, "store.suspend")).length} times`)
    })
  })
}

export async function a_rename_that_meets_a_failure_is_done_once(browser) {
  await both(async (way, how) => {
    const {id} = await makeStore(`Renamed although ${way}`)
    const name = `Called anew although ${way}`
    await waitPhase(id, "Ready") // until then each step makes another version of it, which a rename must not overlook
    await browser.visit(`/stores/${id}`, async (page) => {
      await failOnce(page, "PATCH", new RegExp(`/stores/${id}$`), how)
      await page.getByRole("button", {name: "More actions"}).click()
      await page.getByRole("menuitem", {name: "Rename"}).click()
      const dialog = page.getByRole("dialog")
      const field = dialog.getByLabel("Name", {exact: true})
      await field.fill(name)
      await dialog.getByRole("button", {name: "Rename"}).click()
      await isTold(dialog, how)
      expect(await field.inputValue() === name, "the new name is lost")
      if (way === "refused") {
        await dialog.getByRole("button", {name: "Rename"}).click()
        await dialog.waitFor({state: "hidden"})
      } else {
        // It was done: the page learns of it by itself, and there is nothing to repeat.
        await waitFor("the name on the page", async () => (await page.locator("h1").innerText()) === name)
        await dialog.getByRole("button", {name: "Cancel"}).click()
      }
      await heading(page, name).waitFor()
      const {events} = await api("GET", `/api/v1/stores/${id}/events?type=store.renamed`)
      expect(events.length === 1, `${way}: renamed ${events.length} times`)
    })
  })
}

export async function a_deletion_that_meets_a_failure_is_done_once(browser) {
  await both(async (way, how) => {
    const store = await makeStore(`Deleted although ${way}`)
    await waitPhase(store.id, "Ready")
    await browser.visit(`/stores/${store.id}?tab=danger`, async (page) => {
      await failOnce(page, "DELETE", new RegExp(`/stores/${store.id}$`), how)
      await page.getByRole("button", {name: "Delete…"}).click()
      const dialog = page.getByRole("dialog")
      const field = dialog.getByRole("textbox")
      await field.fill(store.name)
      await dialog.getByRole("button", {name: "Delete for ever"}).click()
      if (way === "refused") {
        await isTold(dialog, how)
        expect(await field.inputValue() === store.name, "what was typed is lost")
        expect(await phaseOf(store.id) === "Ready", "it is being deleted already")
        await dialog.getByRole("button", {name: "Delete for ever"}).click()
      } else {
        // A deletion that is on its way can be asked for again; it may be over before that.
        await dialog.getByRole("button", {name: "Delete for ever"}).click({timeout: 3000}).catch(() => undefined)
      }
      await page.getByText("This store was deleted.").waitFor({timeout: 60_000})
      expect((await operationsOf(store.id, "store.delete")).length === 1, `${way}: deleted more than once`)
    })
  })
}

/** Presses, is told, and presses again. `place`: where both happen. */
async function twice(place, name, how) {
  const button = place.getByRole("button", {name, exact: true})
  await button.click()
  await isTold(place, how)
  await button.click()
}

export async function what_is_done_to_a_store_in_a_click_is_done_once_by_the_second_one(browser) {
  await both(async (way, how) => {
    const name = `Handled although ${way}`
    const {id} = await makeStore(name)
    await waitPhase(id, "Ready")
    await browser.visit(`/stores/${id}`, async (page) => {
      const dialog = page.getByRole("dialog")
      await failOnce(page, "POST", /\/credentials$/, how)
      await page.getByRole("button", {name: "Show login"}).click()
      await dialog.getByLabel("Reason").fill("A test of failures")
      await twice(dialog, "Show login", how)
      await dialog.getByText("Password", {exact: true}).waitFor()
      await dialog.getByRole("button", {name: "Hide now"}).click()
      // Who sees it twice is written down twice, and whose answer was lost may have seen it.
      const {events} = await api("GET", `/api/v1/stores/${id}/events?type=store.credentials_revealed`)
      expect(events.length === (way === "lost" ? 2 : 1), `${way}: ${events.length} reveals are told`)

      // Of several at once each is told beside its store.
      await page.goto(`${URL_OF_PAGE}/stores?search=${encodeURIComponent(`handled although ${way}`)}`)
      await failOnce(page, "POST", /\/actions\/restart$/, how)
      const restart = async () => {
        await page.getByLabel(`Select ${name}`, {exact: true}).check()
        await page.getByRole("toolbar").getByRole("button", {name: "Restart"}).click()
        await dialog.getByRole("button", {name: "Restart (1)"}).click()
      }
      await restart()
      await dialog.getByRole("listitem").getByText(how.sentence).waitFor()
      expect(await dialog.getByText(how.sentence).count() === 1, "it is told twice")
      await dialog.getByRole("button", {name: "Done"}).click()
      if (way === "refused") {
        await restart()
        await dialog.getByText("started", {exact: true}).waitFor()
        await dialog.getByRole("button", {name: "Done"}).click()
      }
      await waitFor("the end of the restart", async () => (await operationsOf(id, "store.restart")).some(({state}) => state === "succeeded"), 60)

      await api("POST", `/api/v1/stores/${id}/actions/suspend`)
      await waitPhase(id, "Suspended")
      await page.goto(`${URL_OF_PAGE}/stores/${id}`)
      await failOnce(page, "POST", /\/actions\/resume$/, how)
      if (way === "refused") await twice(page.locator("main"), "Resume", how)
      else await page.getByRole("button", {name: "Resume", exact: true}).click() // it was done: the page learns of it by itself
      await status(page, "Ready").waitFor({timeout: 60_000})
      await waitFor("the end of the sentence", async () => (await page.getByRole("alert").count()) === 0)
      for (const kind of ["store.restart", "store.resume"]) expect((await operationsOf(id, kind)).length === 1, `${way}: ${kind} is done ${(await operationsOf(id, kind)).length} times`)
    })
  })
}

export async function a_retry_and_a_cancellation_that_meet_a_failure_are_done_once(browser) {
  await both(async (way, how) => {
    const {id} = await makeStore(`Tried although ${way}`, "no-image")
    await waitPhase(id, "Failed")
    await browser.visit(`/stores/${id}`, async (page) => {
      await failOnce(page, "POST", /\/actions\/retry$/, how)
      await page.getByRole("heading", {name: "Why it failed"}).waitFor()
      if (way === "refused") {
        await twice(page.locator("main"), "Retry", how)
        await status(page, "Being created").waitFor()
      } else {
        // It was done: the page learns of it by itself.
        await page.getByRole("button", {name: "Retry", exact: true}).click()
        await status(page, "Being created").waitFor()
      }
      await status(page, "Failed").waitFor({timeout: 60_000})
      expect((await operationsOf(id, "store.retry")).length === 1, `${way}: tried ${(await operationsOf(id, "store.retry")).length} times`)
    })
    const made = await makeStore(`Cancelled although ${way}`, "endless")
    await waitPhase(made.id, "Provisioning")
    await browser.visit(`/stores/${made.id}`, async (page) => {
      const dialog = page.getByRole("dialog")
      await failOnce(page, "POST", /\/actions\/cancel$/, how)
      await page.getByRole("button", {name: /^Cancel: Creation/}).click()
      if (way === "refused") {
        await twice(dialog, "Cancel the operation", how)
      } else {
        await dialog.getByRole("button", {name: "Cancel the operation"}).click()
        // It may be over before a second click.
        await dialog.getByRole("button", {name: "Cancel the operation"}).click({timeout: 3000}).catch(() => undefined)
      }
      await page.getByRole("heading", {name: "Why it failed"}).waitFor({timeout: 60_000})
      expect(await dialog.count() === 0, "the question stays over what it asked about")
      const [operation] = await operationsOf(made.id, "store.create")
      expect(operation.state === "failed" || operation.state === "aborted", `the creation is ${operation.state}`)
    })
  })
}

export async function the_end_of_a_session_that_meets_a_failure_is_an_end(browser) {
  for (const [way, how] of Object.entries(WAYS)) {
    const {url} = await newCode()
    await browser.visit(`/${new URL(url).hash}`, async (other) => {
      await other.getByRole("navigation", {name: "Main menu"}).waitFor()
      const {id} = await other.evaluate(async () => (await fetch("/api/v1/session")).json())
      await browser.visit("/settings", async (page) => {
        const dialog = page.getByRole("dialog")
        const line = page.getByRole("listitem").filter({hasText: "Edge on Windows"})
        await failOnce(page, "DELETE", /\/sessions\//, how)
        await line.getByRole("button", {name: /^End the session:/}).click()
        await twice(dialog, "End the session", how)
        await dialog.waitFor({state: "hidden"})
        await line.waitFor({state: "detached"})
        const {sessions} = await page.evaluate(async () => (await fetch("/api/v1/sessions")).json())
        expect(!sessions.some((session) => session.id === id), `${way}: the session lives on`)
      })
    }, {signedIn: false, options: {userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0"}})
  }
}
