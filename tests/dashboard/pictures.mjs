// Screenshots of every page and of dialogs, both themes, desktop and phone, for docs/images/dashboard. Chromium's own WebP: text stays sharp at a tenth of a PNG.
import {mkdirSync, readdirSync, rmSync, statSync, writeFileSync} from "node:fs"
import {fileURLToPath} from "node:url"

import {api, DESKTOP, expect, letGo, makeStore, pause, PHONE, status, waitFor, waitPhase} from "./browser.mjs"
import {serveStories, Stories} from "./stories_components.mjs"

const FOLDER = fileURLToPath(new URL("../../docs/images/dashboard/", import.meta.url))
const MOST = 3 * 1024 * 1024
/** A platform that is used: so that a list looks like one. */
const OTHERS = [
  ["Ann's Ceramics", "starter"], ["Nordlicht Kaffee", "standard"], ["Vélo Lyon", "standard"], ["Papier & Feder", "starter"], ["Sakura Tea House", "large"],
  ["Kleine Bäckerei", "starter"], ["Olive & Thyme", "standard"], ["Iron and Oak", "starter"], ["Casa Lúcia", "large"],
]
const RESTS = "Iron and Oak"
const GONE = ["Lamp & Light", "Winter Boots"]
/** One for each picture: a creation is over soon. */
const IN_THE_MAKING = ["Bread & Butter", "Northern Yarn", "Paper Moon", "Fjord Honey"]
/** What no page shows by itself, as its story has it. */
const DIALOGS = [
  ["dialog-delete", "DeleteDialog/confirmed"], ["dialog-login", "CredentialsDialog/shown"], ["dialog-rename", "RenameDialog/another name"],
  ["dialog-bulk", "BulkDialog/one refused"], ["dialog-object", "ResourceDialog/with events"],
  ["dialog-device", "DeviceDialog/shown"],
]
const LOOKS = ["light", "dark"].flatMap((theme) => [["desktop", DESKTOP], ["phone", PHONE]].map(([screen, size]) => ({theme, screen, size})))

async function picture(page, name) {
  const session = await page.context().newCDPSession(page)
  const {data} = await session.send("Page.captureScreenshot", {format: "webp", quality: 82})
  writeFileSync(`${FOLDER}${name}.webp`, Buffer.from(data, "base64"))
}

/** `ready`: what makes the page worth a picture. */
async function take(browser, name, path, {theme, screen, size}, ready = async () => undefined) {
  await browser.visit(path, async (page) => {
    await page.getByRole("heading", {level: 1}).first().waitFor()
    await waitFor("the end of loading", async () => (await page.getByRole("status", {name: "Loading"}).count()) === 0, 10)
    await ready(page)
    await pause(400) // fonts and the chart
    await picture(page, `${name}-${screen}-${theme}`)
  }, {theme, size, signedIn: name !== "sign-in"})
}

/** What it takes for a page to have something to show. @returns the pages that `pagesOf` has not */
async function morePages() {
  const [others, gone] = await Promise.all([Promise.all(OTHERS.map(([name, plan]) => makeStore(name, "shop", plan))), Promise.all(GONE.map((name) => makeStore(name)))])
  await Promise.all([...others, ...gone].map(({id}) => waitPhase(id, "Ready", 180)))
  await Promise.all(gone.map(({id, name}) => api("DELETE", `/api/v1/stores/${id}?confirm=${encodeURIComponent(name)}`).then(() => waitPhase(id, "Deleted", 120))))
  const {id} = others.find(({name}) => name === RESTS)
  await api("POST", `/api/v1/stores/${id}/actions/suspend`)
  await waitPhase(id, "Suspended", 120)
  return [
    ["store-suspended", `/stores/${id}`],
    ["create-filled", `/create?name=${encodeURIComponent("Bread & Butter")}&engine=shop&plan=standard`, (page) => page.getByText(/objects? in the cluster/).click()],
    ["sign-in", "/"],
  ]
}

export async function takePictures(browser, pages) {
  const more = await morePages()
  rmSync(FOLDER, {recursive: true, force: true})
  mkdirSync(FOLDER, {recursive: true})
  const address = await serveStories()
  for (const look of LOOKS) {
    const {theme, screen, size} = look
    const stories = await Stories.open(browser, address, size, theme)
    for (const [name, story] of DIALOGS) {
      await stories.tell(story)
      await pause(400)
      await picture(stories.page, `${name}-${screen}-${theme}`)
    }
    for (const [name, path, ready] of [...pages, ...more]) await take(browser, name, path, look, ready)
  }
  // Last, for these would be in the pictures of all lists.
  for (const [index, look] of LOOKS.entries()) {
    const made = await makeStore(IN_THE_MAKING[index], "workshop")
    await take(browser, "store-creation", `/stores/${made.id}`, look, async (page) => {
      await status(page, "Being created").waitFor()
      await page.getByRole("listitem").filter({hasText: "Shop setup"}).filter({hasText: "(running)"}).waitFor()
    })
    await letGo(made)
    await waitPhase(made.id, "Ready", 120)
  }
  const total = readdirSync(FOLDER).reduce((sum, name) => sum + statSync(FOLDER + name).size, 0)
  expect(total < MOST, `the pictures take ${total} bytes`)
}
