// Everything that a hand with a mouse can do, a keyboard can.
import {api, expect, makeStore, newCode, phaseOf, TOKEN, waitFor, waitPhase} from "./browser.mjs"
import {dialogOf, focused, focusIs, inPage, tabTo, together} from "./keys.mjs"

const heading = (page, name) => page.getByRole("heading", {level: 1, name})
export async function signing_in_by_keyboard(browser) {
  await browser.visit("/", async (page) => {
    await page.getByLabel("Admin token", {exact: true}).waitFor()
    await tabTo(page, "Admin token")
    await page.keyboard.type(TOKEN)
    await page.keyboard.press("Enter")
    await heading(page, "Stores").waitFor()
  }, {signedIn: false})
}

export async function the_keys_lead_everywhere(browser) {
  await browser.visit("/stores", async (page) => {
    await heading(page, "Stores").waitFor()
    for (const [key, title] of [["o", "Operations"], ["a", "Activity"], ["e", "Engines"], ["p", "Platform"], [",", "Settings"], ["s", "Stores"]]) {
      await together(page, "g", key)
      await heading(page, title).waitFor()
    }
    await page.keyboard.press("?")
    const keys = page.getByRole("dialog", {name: "Keys"})
    await keys.getByText("Go to Operations").waitFor()
    await page.keyboard.press("Escape")
    await keys.waitFor({state: "hidden"})
    await inPage(page)
    await page.keyboard.press("/")
    expect(/search/i.test(await page.evaluate(() => document.activeElement.type ?? "")), "the key / leads to no search")
    // While somebody types, letters are letters.
    await page.keyboard.type("gs?c")
    expect(await page.getByRole("searchbox").inputValue() === "gs?c", await page.getByRole("searchbox").inputValue())
    await page.keyboard.press("Control+k")
    const palette = await dialogOf(page, "Command palette")
    await page.keyboard.type("platf")
    await palette.getByRole("option", {name: "Platform", selected: true}).waitFor()
    await page.keyboard.press("Enter")
    await heading(page, "Platform").waitFor()
  })
}

export async function the_skip_link_leads_to_the_content(browser) {
  await browser.visit("/stores", async (page) => {
    await heading(page, "Stores").waitFor()
    await page.keyboard.press("Tab")
    expect(/^Skip/.test(await focused(page)), `the first stop is ${await focused(page)}`)
    await page.keyboard.press("Enter")
    expect(await page.evaluate(() => document.activeElement.closest("main") !== null || location.hash === "#content"), "the focus is not in the content")
  })
}

export async function a_store_is_made_and_deleted_by_keyboard_alone(browser) {
  await browser.visit("/stores", async (page) => {
    await heading(page, "Stores").waitFor()
    await page.keyboard.press("c")
    await heading(page, "New store").waitFor()
    await page.getByRole("radio").first().waitFor()
    await tabTo(page, /^(Bad setup|No image|Shop|Slow)/)
    for (let i = 0; i < 8 && !(await page.getByRole("radio", {name: /^Shop/}).isChecked()); i++) await page.keyboard.press("ArrowDown")
    expect(await page.getByRole("radio", {name: /^Shop/}).isChecked(), "the engine cannot be chosen by its arrow keys")
    await tabTo(page, "Name of the shop")
    await page.keyboard.type("Without a mouse")
    await page.getByText("This name is free.").waitFor()
    await tabTo(page, /^Starter/)
    await page.keyboard.press("ArrowDown")
    await focusIs(page, /^Standard/)
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/stores\/str_/)
    const id = new URL(page.url()).pathname.split("/").pop()
    await heading(page, "Without a mouse").waitFor()
    expect((await api("GET", `/api/v1/stores/${id}`)).plan === "standard", "another plan was taken")
    await waitPhase(id, "Ready", 90)
    await tabTo(page, /^Overview$/)
    await page.keyboard.press("ArrowLeft") // round the corner: Danger is the last tab
    await waitFor("the focus on the last tab", async () => (await focused(page)) === "Danger")
    await page.keyboard.press("Enter")
    await page.getByRole("heading", {name: "Delete this store"}).waitFor()
    await tabTo(page, "Delete…")
    await page.keyboard.press("Enter")
    await page.getByRole("dialog").waitFor()
    // Escape gives the focus back to where it was.
    await page.keyboard.press("Escape")
    await waitFor("the focus", async () => (await focused(page)) === "Delete…")
    await page.keyboard.press("Enter")
    await page.getByRole("dialog").getByRole("textbox").waitFor()
    await tabTo(page, /^Type/)
    await page.keyboard.type("Without a mouse")
    await tabTo(page, "Delete for ever")
    await page.keyboard.press("Enter")
    await waitPhase(id, "Deleted", 90)
    await page.getByText("This store was deleted.").waitFor({timeout: 30_000})
  })
}

export async function an_operation_is_cancelled_by_keyboard_alone(browser) {
  const {id} = await makeStore("Stopped by key", "endless")
  await browser.visit("/operations", async (page) => {
    await page.getByText("Stopped by key").first().waitFor()
    await tabTo(page, "Cancel: Creation, Stopped by key")
    await page.keyboard.press("Enter")
    await page.getByRole("dialog").waitFor()
    await tabTo(page, "Cancel the operation")
    await page.keyboard.press("Enter")
    await waitFor("the end", async () => (await phaseOf(id)) === "Failed", 60)
  })
}

export async function a_session_is_ended_by_keyboard_alone(browser) {
  const {url} = await newCode()
  await browser.visit(`/${new URL(url).hash}`, async (other) => {
    await other.getByRole("navigation", {name: "Main menu"}).waitFor()
    const {id} = await other.evaluate(async () => (await fetch("/api/v1/session")).json())
    await browser.visit("/settings", async (page) => {
      await page.getByText("Safari on macOS").waitFor()
      await tabTo(page, "End the session: Safari on macOS")
      await page.keyboard.press("Enter")
      await page.getByRole("dialog").waitFor()
      await tabTo(page, /^End the session$/)
      await page.keyboard.press("Enter")
      await waitFor("its end", async () => !(await page.evaluate(async () => (await fetch("/api/v1/sessions")).json())).sessions.some((session) => session.id === id))
      // What was pressed is gone with its session; the part of the page where it stood is next.
      await focusIs(page, "Sessions")
      expect(page.url().endsWith("/settings"), page.url())
    })
  }, {signedIn: false, options: {userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15"}})
}
