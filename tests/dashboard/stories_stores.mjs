// The stores: the list, a creation, a store's page, its end.
import {readFileSync} from "node:fs"

import {api, DESKTOP, expect, kubectl, letGo, makeStore, PHONE, phaseOf, status, URL_OF_PAGE, waitFor, waitPhase, wellMade} from "./browser.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
const row = (page, name) => page.getByRole("row").filter({hasText: name})
const operationsOf = async (id, kind) => (await api("GET", `/api/v1/operations?store=${id}&kind=${kind}`)).operations

export async function the_list_is_searched_filtered_and_sorted_by_the_address(browser, {pages}) {
  await pages() // one of them has failed: a status without stores cannot be chosen
  const [one, two] = await Promise.all([makeStore("Listed Alpha"), makeStore("Listed Beta", "shop", "standard")])
  await Promise.all([one, two].map(({id}) => waitPhase(id, "Ready")))
  await browser.visit("/stores", async (page) => {
    await heading(page, "Stores").waitFor()
    await page.getByRole("searchbox").fill("listed")
    await row(page, "Listed Alpha").waitFor()
    await row(page, "Listed Beta").waitFor()
    await page.waitForURL(/search=listed/)
    await page.getByLabel("Plan", {exact: true}).selectOption("standard")
    await row(page, "Listed Alpha").waitFor({state: "detached"})
    await page.waitForURL(/plan=standard/)
    // A link is the page: whoever opens it sees the same.
    await page.goto(page.url())
    await row(page, "Listed Beta").waitFor()
    expect(await row(page, "Listed Alpha").count() === 0, "the filter of the address is not applied")
    await page.goto(`${URL_OF_PAGE}/stores?search=listed&sort=-name`)
    await row(page, "Listed Beta").waitFor()
    const names = await page.getByRole("row").getByRole("link", {name: /^Listed/}).allInnerTexts()
    expect(names.join() === "Listed Beta,Listed Alpha", `sorted: ${names}`)
    await page.getByRole("group", {name: "Status"}).getByRole("button", {name: /^Failed/}).click()
    await page.getByText("No store matches these filters.").waitFor()
    await page.getByRole("button", {name: "Clear the filters"}).click()
    await row(page, "Listed Alpha").waitFor()
    expect(new URL(page.url()).search === "", page.url())
  })
}

export async function a_store_is_created_and_every_step_is_seen(browser) {
  await browser.visit("/create", async (page) => {
    await heading(page, "New store").waitFor()
    await page.getByRole("radio", {name: /^Endless/}).check()
    const name = page.getByLabel("Name of the shop")
    await name.fill("Made by hand")
    await page.getByText("This name is free.").waitFor()
    await page.getByText(/made-by-hand\./).first().waitFor()
    await page.getByText(/objects? in the cluster/).waitFor()
    await page.getByRole("button", {name: "Create store"}).click()
    await page.waitForURL(/\/stores\/str_/)
    const id = new URL(page.url()).pathname.split("/").pop()
    await heading(page, "Made by hand").waitFor()
    // Steps come to an end one by one before one's eyes.
    for (const step of ["Namespace", "Shop setup", "Programs"]) await page.getByRole("listitem").filter({hasText: new RegExp(`^${step} \\((running|done)\\)`)}).waitFor({timeout: 60_000})
    await page.getByRole("group", {name: "Newest log lines"}).filter({hasText: /setup.*hello from a pod/s}).waitFor({timeout: 60_000})
    await letGo(await api("GET", `/api/v1/stores/${id}`))
    await status(page, "Ready").waitFor({timeout: 90_000})
    await page.getByRole("link", {name: /Open storefront/}).first().waitFor()
    expect(await phaseOf(id) === "Ready", "the page was ahead of soukd")
    const {urls} = await api("GET", `/api/v1/stores/${id}`)
    const link = page.getByRole("link", {name: /Open storefront/}).first()
    expect(await link.getAttribute("href") === urls.storefront, `storefront ${await link.getAttribute("href")}`)
    expect(/noopener/.test(await link.getAttribute("rel")), "the shop learns of the dashboard")
  })
}

export async function a_wrong_name_is_told_where_it_is_typed(browser) {
  await makeStore("Taken name")
  await browser.visit("/create", async (page) => {
    const name = page.getByLabel("Name of the shop")
    await name.fill("Taken name")
    await waitFor("the refusal", async () => (await name.getAttribute("aria-invalid")) === "true")
    await page.getByRole("alert").first().waitFor()
    await name.fill("A name of its own")
    await page.getByText("This name is free.").waitFor()
    expect(await name.getAttribute("aria-invalid") !== "true", "the refusal stays")
  })
}

export async function a_failed_store_says_why_and_what_to_do_and_is_tried_again(browser) {
  const {id} = await makeStore("Broken by setup", "bad-setup")
  await waitPhase(id, "Failed")
  await browser.visit(`/stores/${id}`, async (page) => {
    await page.getByRole("heading", {name: "Why it failed"}).waitFor()
    await page.getByText("The currency XTS is not known to this shop.").first().waitFor()
    await page.getByRole("heading", {name: "What to do"}).waitFor()
    // The lines that prove it are soukd's own, kept when its pods went.
    const {source, logs} = await page.evaluate(async (path) => (await fetch(path, {headers: {Accept: "application/json"}})).json(), `/api/v1/stores/${id}/logs`)
    const proof = page.locator("section", {hasText: /^(The log lines that prove it|Its last log lines)/}).locator("bdi")
    await proof.first().waitFor()
    const shown = await proof.allInnerTexts()
    expect(source === "kept" && shown.length > 0 && shown.every((line) => logs.some(({text}) => text.includes(line))), `${source}: ${shown.join(" | ")}`)
    await page.getByRole("button", {name: "All logs"}).click()
    await page.getByRole("log", {name: "Log lines"}).getByText("hello from a pod").first().waitFor()
    await page.getByRole("tab", {name: "Overview"}).click()
    await page.getByRole("button", {name: "Retry"}).first().click()
    await status(page, "Being created").waitFor()
    await status(page, "Failed").waitFor({timeout: 60_000})
    const {operations} = await api("GET", `/api/v1/operations?store=${id}`)
    expect(operations.map(({kind}) => kind).join() === "store.retry,store.create", `operations: ${operations.map(({kind}) => kind)}`)
  })
}

export async function a_creation_is_cancelled_from_its_page(browser) {
  const {id} = await makeStore("Called off", "endless")
  await browser.visit(`/stores/${id}`, async (page) => {
    await page.getByRole("button", {name: "Cancel: Creation, Called off"}).click()
    await page.getByRole("dialog").getByRole("button", {name: "Cancel the operation"}).click()
    await page.getByRole("heading", {name: "Why it failed"}).waitFor({timeout: 60_000})
    await page.getByText(/Retry to go on with it, or delete it/).waitFor()
  })
}

export async function the_tabs_of_a_store_show_what_is_in_it(browser) {
  const {id} = await makeStore("Shown inside")
  await waitPhase(id, "Ready")
  await browser.visit(`/stores/${id}`, async (page) => {
    const tab = (name) => page.getByRole("tab", {name})
    await tab("Overview").waitFor()
    await page.getByRole("heading", {name: "Conditions"}).waitFor()
    await page.getByRole("heading", {name: "Usage"}).waitFor()
    await tab("Activity").click()
    await page.waitForURL(/tab=activity/)
    await page.getByText(/an order can be placed/).first().waitFor()
    const lines = page.getByRole("tabpanel").getByRole("listitem")
    await page.getByLabel("Kind", {exact: true}).selectOption({label: "Ready"})
    await page.waitForURL(/type=store\.ready/)
    await waitFor("one event alone", async () => (await lines.count()) === 1)
    await page.getByRole("tabpanel").getByRole("button", {name: "Operations"}).click()
    await page.waitForURL(/show=operations/)
    await lines.filter({hasText: "Creation"}).getByText("Succeeded").waitFor()
    await tab("Resources").click()
    const tree = page.getByRole("region", {name: "Objects of this store"})
    await tree.getByRole("button", {name: /^Service/}).first().waitFor()
    await tree.getByRole("button", {name: /^Deployment/}).first().click()
    await page.waitForURL(/object=/)
    await page.getByRole("dialog").getByText(/"?kind"?: "?Deployment/).first().waitFor()
    await page.getByRole("dialog").getByText("ScalingReplicaSet").first().waitFor()
    await page.keyboard.press("Escape")
    await tab("Logs").click()
    await page.getByRole("log", {name: "Log lines"}).waitFor()
    // The address is the tab: back and forth, and for whoever gets the link.
    await page.goBack()
    await tree.waitFor()
    await page.goto(`${URL_OF_PAGE}/stores/${id}?tab=danger`)
    await page.getByRole("heading", {name: "Delete this store"}).waitFor()
  })
}

export async function the_login_is_shown_for_a_reason_only(browser) {
  const {id} = await makeStore("With a login")
  await waitPhase(id, "Ready")
  await browser.visit(null, async (page) => {
    await page.clock.install()
    await page.goto(`${URL_OF_PAGE}/stores/${id}`)
    await page.getByRole("button", {name: "Show login"}).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByLabel("Reason").fill("A test of the dashboard")
    await dialog.getByRole("button", {name: "Show login"}).click()
    await dialog.getByText("Password", {exact: true}).waitFor()
    await dialog.getByText(/Hidden again in/).waitFor()
    const password = await dialog.locator("code").nth(1).innerText()
    // A minute later.
    await page.clock.fastForward(61_000)
    await dialog.waitFor({state: "hidden"})
    expect(password.length > 8 && !(await page.content()).includes(password), "the login stays")
    const {events} = await api("GET", `/api/v1/stores/${id}/events?type=store.credentials_revealed`)
    expect(events.length === 1, `${events.length} reveals are told`)
  })
}

export async function a_store_is_renamed_and_all_pages_say_so(browser) {
  const {id} = await makeStore("Old name")
  await waitPhase(id, "Ready")
  await browser.visit("/stores?search=old-name", async (list) => {
    await row(list, "Old name").waitFor()
    await browser.visit(`/stores/${id}`, async (page) => {
      await page.getByRole("button", {name: "More actions"}).click()
      await page.getByRole("menuitem", {name: "Rename"}).click()
      const dialog = page.getByRole("dialog")
      await dialog.getByLabel("Name", {exact: true}).fill("Name of today")
      await dialog.getByRole("button", {name: "Rename"}).click()
      await heading(page, "Name of today").waitFor()
    })
    // Another browser, the same store: it sees it without being asked.
    await row(list, "Name of today").waitFor()
  })
}

export async function a_store_rests_comes_back_and_starts_anew(browser) {
  const {id} = await makeStore("Closed for summer")
  await waitPhase(id, "Ready")
  await browser.visit(`/stores/${id}?tab=danger`, async (page) => {
    await page.getByRole("button", {name: "Suspend"}).first().click()
    await page.getByRole("dialog").getByRole("button", {name: "Suspend"}).click()
    await status(page, "Suspended").waitFor({timeout: 60_000})
    expect(await phaseOf(id) === "Suspended", "the page was ahead of soukd")
    await page.getByRole("button", {name: "Resume"}).first().click()
    await status(page, "Ready").waitFor({timeout: 60_000})
    // The second time is not the first one over again.
    await page.getByRole("button", {name: "Suspend"}).first().click()
    await page.getByRole("dialog").getByRole("button", {name: "Suspend"}).click()
    await status(page, "Suspended").waitFor({timeout: 60_000})
    await page.getByRole("button", {name: "Resume"}).first().click()
    await status(page, "Ready").waitFor({timeout: 60_000})
    await page.getByRole("button", {name: "Restart"}).first().click()
    await page.getByRole("dialog").getByRole("button", {name: "Restart"}).click()
    await waitFor("the restart", async () => (await operationsOf(id, "store.restart")).some(({state}) => state === "succeeded"), 60)
    await status(page, "Ready").waitFor()
  })
}

export async function a_store_is_deleted_by_its_name_and_leaves_a_receipt(browser) {
  const {id} = await makeStore("To be deleted")
  await waitPhase(id, "Ready")
  await browser.visit(`/stores/${id}?tab=danger`, async (page) => {
    await page.getByRole("button", {name: "Delete…"}).click()
    const dialog = page.getByRole("dialog")
    const confirm = dialog.getByRole("button", {name: "Delete for ever"})
    await dialog.getByText("What will be lost").waitFor()
    await dialog.getByRole("textbox").fill("To be delete")
    expect(await confirm.isDisabled() || await confirm.getAttribute("aria-disabled") === "true", "half a name is enough")
    await dialog.getByRole("textbox").fill("To be deleted")
    await confirm.click()
    await page.getByText(/being deleted/i).first().waitFor()
    await page.getByText("This store was deleted.").waitFor({timeout: 90_000})
    expect(await phaseOf(id) === "Deleted", "the page was ahead of soukd")
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: "Download the receipt"}).or(page.getByRole("link", {name: "Download the receipt"})).first().click()])
    const receipt = readFileSync(await download.path(), "utf8")
    expect(receipt.includes(id) && receipt.includes("To be deleted"), `receipt: ${receipt.slice(0, 200)}`)
  })
}

export async function a_deleted_store_is_found_again_with_its_receipt(browser) {
  const {id} = await makeStore("Kept receipt")
  await waitPhase(id, "Ready")
  await browser.visit("/stores?search=kept", async (page) => {
    await row(page, "Kept receipt").waitFor()
    await api("DELETE", `/api/v1/stores/${id}?confirm=Kept+receipt`)
    await row(page, "Kept receipt").waitFor({state: "detached", timeout: 60_000})
    await page.getByRole("group", {name: "Status"}).getByRole("button", {name: "Deleted", exact: true}).click()
    await row(page, "Kept receipt").getByText("Deleted", {exact: true}).waitFor()
    await page.waitForURL(/phase=.*Deleted/)
    expect(await page.getByRole("checkbox").count() === 0, "what is gone can be selected")
    // A link is the page, also for this list.
    await page.goto(page.url())
    await row(page, "Kept receipt").getByRole("link", {name: "Kept receipt", exact: true}).click()
    await page.waitForURL(`${URL_OF_PAGE}/stores/${id}`)
    await page.getByText("This store was deleted.").waitFor()
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: "Download the receipt"}).click()])
    expect(JSON.parse(readFileSync(await download.path(), "utf8")).store_id === id, "another receipt")
    await page.goBack()
    await row(page, "Kept receipt").waitFor()
  })
}

export async function several_stores_are_deleted_at_once(browser) {
  const made = await Promise.all(["Bulk one", "Bulk two", "Bulk stays"].map((name) => makeStore(name)))
  await Promise.all(made.map(({id}) => waitPhase(id, "Ready")))
  await browser.visit("/stores?search=bulk", async (page) => {
    await page.getByLabel("Select Bulk one").check()
    await page.getByLabel("Select Bulk two").check()
    const bar = page.getByRole("toolbar", {name: "2 selected"})
    await bar.getByRole("button", {name: "Delete"}).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText("Bulk one").waitFor()
    await dialog.getByRole("textbox").fill("2")
    await dialog.getByRole("button", {name: "Delete (2)"}).click()
    await Promise.all(made.slice(0, 2).map(({id}) => waitPhase(id, "Deleted")))
    await dialog.getByRole("button", {name: "Done"}).click()
    await dialog.waitFor({state: "hidden"})
    await row(page, "Bulk one").waitFor({state: "detached"})
    await row(page, "Bulk stays").waitFor({state: "attached"})
    expect(await phaseOf(made[2].id) === "Ready", "a store that was not selected is gone")
  })
}

export async function several_stores_start_anew_and_rest_at_once(browser) {
  const made = await Promise.all(["Crowd one", "Crowd two", "Crowd stays"].map((name) => makeStore(name)))
  await Promise.all(made.map(({id}) => waitPhase(id, "Ready")))
  const [one, two, stays] = made
  await browser.visit("/stores?search=crowd", async (page) => {
    const dialog = page.getByRole("dialog")
    const both = async (word) => {
      for (const {name} of [one, two]) await page.getByLabel(`Select ${name}`).check()
      await page.getByRole("toolbar", {name: "2 selected"}).getByRole("button", {name: word}).click()
      await dialog.getByRole("button", {name: `${word} (2)`}).click()
      await waitFor("both to be told as started", async () => (await dialog.getByText("started", {exact: true}).count()) === 2)
      await dialog.getByRole("button", {name: "Done"}).click()
      await dialog.waitFor({state: "hidden"})
      // What is done is not done twice by the next click.
      await page.getByRole("toolbar").waitFor({state: "detached"})
    }
    await both("Restart")
    for (const {id} of [one, two]) await waitFor("the restart", async () => (await operationsOf(id, "store.restart")).some(({state}) => state === "succeeded"), 60)
    for (const {name} of [one, two]) await row(page, name).getByText("Ready", {exact: true}).waitFor()
    await both("Suspend")
    for (const {id, name} of [one, two]) {
      await row(page, name).getByText("Suspended", {exact: true}).waitFor({timeout: 60_000})
      expect(await phaseOf(id) === "Suspended", "the list was ahead of soukd")
      for (const kind of ["store.restart", "store.suspend"]) expect((await operationsOf(id, kind)).length === 1, `${name}: ${kind} is not done once`)
    }
    expect((await api("GET", `/api/v1/operations?store=${stays.id}`)).operations.length === 1, "a store that was not selected was touched")
    await row(page, stays.name).getByText("Ready", {exact: true}).waitFor()
  })
}

/** As many as fill a list, all like the first one. */
async function multiply(page, many) {
  await page.route((url) => url.pathname === "/api/v1/stores", async (route) => {
    const answer = await route.fetch()
    const {stores: [one], ...rest} = await answer.json()
    await route.fulfill({response: answer, json: {...rest, stores: Array.from({length: many}, (_, i) => ({...one, id: `${one.id.slice(0, -2)}${10 + i}`, name: `Tea ${i}`}))}})
  })
}

export async function a_selection_leaves_filters_and_rows_where_they_are(browser, {pages}) {
  await pages()
  for (const size of [DESKTOP, PHONE]) {
    await browser.visit(null, async (page) => {
      await multiply(page, 40)
      await page.goto(`${URL_OF_PAGE}/stores?search=green`)
      const place = (name) => page.getByRole("row").filter({has: page.getByRole("link", {name, exact: true})}).boundingBox()
      const bar = page.getByRole("toolbar", {name: "1 selected"})
      await page.getByLabel("Select Tea 0", {exact: true}).waitFor()
      // What stands above the rows and comes later than they do: no sentence on the connection, the numbers, the choices.
      await page.getByText("Live", {exact: true}).locator("visible=true").first().waitFor()
      await page.getByRole("group", {name: "Status"}).getByRole("button", {name: /^Ready\s*\d/}).waitFor()
      for (const name of ["Shop", "Standard"]) await page.getByRole("option", {name, exact: true}).waitFor({state: "attached"})
      const first = await place("Tea 0")
      await page.getByLabel("Select Tea 0", {exact: true}).check()
      await bar.waitFor()
      expect(JSON.stringify(await place("Tea 0")) === JSON.stringify(first), "the rows have moved")
      expect(await page.getByRole("searchbox").inputValue() === "green" && await page.getByLabel("Order").isVisible(), "the filters are gone")
      const {y, height} = await bar.boundingBox()
      expect(y + height <= size.height, `the actions end at ${y + height} of ${size.height}`)
      await wellMade(page, `a selection, ${size.width} px`)
      await bar.getByRole("button", {name: "Clear the selection"}).click()
      await bar.waitFor({state: "detached"})
      // The row at the lower end, whose place the actions take.
      const end = await page.getByRole("table").boundingBox().then((table) => table.y + table.height)
      let last = 0
      while ((await place(`Tea ${last + 1}`))?.y < end - 20) last += 1
      await page.getByLabel(`Select Tea ${last}`, {exact: true}).check()
      await bar.waitFor()
      const row = await place(`Tea ${last}`)
      const lower = await bar.boundingBox().then((box) => box.y)
      expect(row.y + row.height <= lower, `the row ends at ${row.y + row.height}, under the actions at ${lower}`)
    }, {size})
  }
}

export async function an_object_that_the_cluster_gets_is_in_the_tree_at_once(browser) {
  const {id, namespace} = await makeStore("Full House")
  await waitPhase(id, "Ready")
  const newest = async () => (await api("GET", `/api/v1/events?store=${id}&page_size=1`)).events[0].number
  const before = await newest()
  await browser.visit(`/stores/${id}?tab=resources`, async (page) => {
    const beside = page.getByRole("button", {name: /beside/})
    await page.getByRole("button", {name: /full-house/}).first().waitFor()
    const metadata = {name: "beside", namespace, labels: {"souk.dev/store": id}}
    await kubectl(["create", "-f", "-"], JSON.stringify({apiVersion: "v1", kind: "PersistentVolumeClaim", metadata, spec: {accessModes: ["ReadWriteOnce"], resources: {requests: {storage: "1Mi"}}}}))
    await beside.waitFor() // without a hint never: no event tells of it, and nothing is asked again
    await kubectl(["delete", "pvc", "beside", "-n", namespace, "--wait=false"])
    await beside.waitFor({state: "detached"})
  })
  expect(await newest() === before, "an event told of it, so this proves nothing")
}
