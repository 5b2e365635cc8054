// Every dialog and every state that a page passes through, in both themes: nothing for axe to find, nothing that sticks out.
import {api, expect, kubectl, makeStore, newCode, status, URL_OF_PAGE, waitFor, waitPhase, wellMade} from "./browser.mjs"
import {Wire} from "./wire.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
const press = (page, name) => page.getByRole("button", {name, exact: true}).first().click()
const NEVER = JSON.stringify({"*": {status: 500, body: "closed"}})

/** Collects what is wrong, so that one finding does not hide the next. */
function findings() {
  const wrong = []
  return {
    look: (page, what, within) => wellMade(page, what, within).catch((error) => { wrong.push(error.message) }),
    tell: () => { expect(wrong.length === 0, wrong.join("\n")) },
  }
}

async function fromMenu(page, item) {
  await press(page, "More actions")
  await page.getByRole("menuitem", {name: item}).click()
}

const OF_A_STORE = [
  ["rename", (page) => fromMenu(page, "Rename")],
  ["restart", (page) => fromMenu(page, "Restart")],
  ["suspend", (page) => fromMenu(page, "Suspend")],
  ["delete", async (page) => {
    await fromMenu(page, "Delete…")
    await page.getByRole("dialog").getByRole("textbox").fill("Another name")
    await page.getByText("That is not its name yet.").waitFor()
  }],
  ["login", async (page) => {
    await press(page, "Show login")
    await page.getByRole("dialog").getByRole("button", {name: "Show login"}).click()
    await page.getByText("A reason is needed.").waitFor()
  }],
  ["shown login", async (page) => {
    await press(page, "Show login")
    await press(page, "Support")
    await page.getByRole("dialog").getByRole("button", {name: "Show login"}).click()
    await page.getByText(/Hidden again in/).waitFor()
  }],
  ["keys", (page) => page.keyboard.press("?")],
  ["palette", (page) => page.keyboard.press("Control+k")],
]

export async function every_dialog_is_accessible_in_both_themes(browser, {pages}) {
  const {look, tell} = findings()
  const shown = Object.fromEntries(await pages())
  const dialogs = async (page, all) => {
    for (const [name, begin] of all) {
      await begin(page)
      await page.getByRole("dialog").waitFor()
      await look(page, `the dialog ${name}`, "[role=dialog]")
      await page.keyboard.press("Escape")
      await page.getByRole("dialog").waitFor({state: "hidden"})
    }
  }
  await browser.visit(shown.store, async (page) => {
    await heading(page, "Green Tea").waitFor()
    await press(page, "More actions")
    await page.getByRole("menu").waitFor()
    await look(page, "the menu of a store", "[role=menu]")
    await page.keyboard.press("Escape")
    await dialogs(page, OF_A_STORE)
  })
  await browser.visit(shown["store-resources"], (page) => dialogs(page, [
    ["object", async () => {
      await page.getByRole("button", {name: /^Deployment/}).first().click()
      await page.getByText(/"?kind"?: "?Deployment/).first().waitFor()
    }],
  ]))
  await browser.visit("/stores?search=green", async (page) => {
    await page.getByLabel("Select all shown").check()
    await page.getByRole("toolbar").waitFor()
    await look(page, "selected rows")
    await dialogs(page, ["Restart", "Suspend", "Delete"].map((word) => [`${word} of several`, () => page.getByRole("toolbar").getByRole("button", {name: word}).click()]))
  })
  const {url} = await newCode()
  await browser.visit(`/${new URL(url).hash}`, async (other) => {
    await other.getByRole("navigation", {name: "Main menu"}).waitFor()
    await browser.visit("/settings", (page) => dialogs(page, [["end of a session", () => page.getByRole("button", {name: /^End the session:/}).first().click()]]))
  }, {signedIn: false})
  tell()
}

export async function every_state_of_a_store_is_accessible_in_both_themes(browser) {
  const {look, tell} = findings()
  const [resting, unwell, leaving] = await Promise.all(["Resting shop", "Unwell shop", "Leaving shop"].map((name) => makeStore(name)))
  await Promise.all([resting, unwell, leaving].map(({id}) => waitPhase(id, "Ready")))
  const made = await makeStore("Shop in the making", "patient")
  const held = JSON.stringify({apiVersion: "v1", kind: "ConfigMap", metadata: {name: "held", namespace: leaving.namespace, finalizers: ["souk.dev/test"]}})
  await Promise.all([
    api("POST", `/api/v1/stores/${resting.id}/actions/suspend`),
    kubectl(["annotate", "service", `${unwell.slug}-web`, "-n", unwell.namespace, `souk.dev/test-responses=${NEVER}`]),
    kubectl(["create", "-f", "-"], held).then(() => api("DELETE", `/api/v1/stores/${leaving.id}?confirm=${encodeURIComponent(leaving.name)}`)),
  ])
  try {
    await browser.visit(null, async (page) => {
      for (const [store, word] of [[made, "Being created"], [leaving, "Being deleted"], [resting, "Suspended"], [unwell, "Degraded"]]) {
        await page.goto(`${URL_OF_PAGE}/stores/${store.id}`)
        await heading(page, store.name).waitFor()
        await status(page, word).waitFor({timeout: 60_000})
        await look(page, `a store that is ${word}`)
        if (store === made) {
          await page.getByRole("button", {name: /^Cancel: Creation/}).click()
          await page.getByRole("dialog").waitFor()
          await look(page, "the dialog of a cancellation", "[role=dialog]")
          await page.keyboard.press("Escape")
        }
      }
      await page.goto(`${URL_OF_PAGE}/stores?search=shop&sort=-updated`)
      await page.getByRole("row").filter({hasText: "Degraded"}).first().waitFor()
      await look(page, "a list of every state")
    })
  } finally {
    await api("DELETE", `/api/v1/stores/${made.id}?confirm=${encodeURIComponent(made.name)}`) // it would never be ready
    await kubectl(["patch", "configmap", "held", "-n", leaving.namespace, "--type=merge", "-p", '{"metadata":{"finalizers":null}}'])
  }
  await waitPhase(leaving.id, "Deleted")
  tell()
}

export async function refusals_and_interruptions_are_accessible_in_both_themes(browser) {
  const {look, tell} = findings()
  await browser.visit("/", async (page) => {
    await page.getByLabel("Admin token", {exact: true}).fill("souk_wrong")
    await press(page, "Sign in")
    await page.getByText(/This token is not right/).waitFor()
    await look(page, "a refused log-in")
  }, {signedIn: false})
  await browser.visit("/#code=used-up", async (page) => {
    await page.getByText(/This link was used already/).waitFor()
    await look(page, "a refused link")
  }, {signedIn: false})
  await browser.visit("/create", async (page) => {
    await page.getByLabel("Name of the shop").fill("\u0007")
    await page.getByRole("alert").first().waitFor()
    await look(page, "a refused name")
  })
  const wire = await Wire.start()
  try {
    await browser.visit(null, async (page) => {
      await page.goto(`${wire.url}/stores`)
      await heading(page, "Stores").waitFor()
      await page.getByRole("table", {name: "Stores"}).or(page.getByText("No store yet")).first().waitFor()
      // A program that cannot be loaded is another story.
      await waitFor("the programs of all pages", () => page.evaluate(() => performance.getEntriesByType("resource").some(({name}) => name.includes("/settings-page"))), 60)
      wire.down = true
      wire.cut()
      await page.getByText(/The connection to soukd is interrupted/).first().waitFor()
      await look(page, "an interrupted connection")
    }, {allow: wire.meant})
  } finally {
    wire.close()
  }
  tell()
}
