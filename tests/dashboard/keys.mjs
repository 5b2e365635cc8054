// A hand on the keyboard.
import {expect, waitFor} from "./browser.mjs"

export const focused = (page) => page.evaluate(() => {
  const element = document.activeElement
  return element ? (element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText ?? "").trim() : ""
})

/** In the page: the focus changes how something looks, where it is at a stop; what has an outline without it, too, does not show it. */
function focusShows() {
  const element = document.activeElement
  if (element === document.body || element.tabIndex < 0) return true
  const parts = [element, element.closest("label"), element.parentElement].filter(Boolean)
  const look = () => parts.map((part) => {
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(part)
    return [outlineStyle !== "none" && parseFloat(outlineWidth) > 0, boxShadow].join()
  }).join()
  const there = look()
  element.blur()
  const gone = look()
  element.focus({preventScroll: true})
  return there !== gone
}

/** Presses Tab until what has the focus is called so; the focus can be seen there and at each stop on the way. */
export async function tabTo(page, name, key = "Tab") {
  const pattern = name instanceof RegExp ? name : new RegExp(`^${name}`)
  const seen = []
  for (let i = 0; i < 80; i++) {
    const what = await focused(page)
    const found = pattern.test(what)
    if (i > 0 || found) expect(await page.evaluate(focusShows), `the focus on ${JSON.stringify(what)} cannot be seen`)
    if (found) return
    seen.push(what)
    await page.keyboard.press(key)
  }
  throw new Error(`${name} is not reached by ${key}; seen: ${seen.join(" | ")}`)
}

/** Goes there and presses Enter. */
export async function press(page, name, key = "Tab") {
  await tabTo(page, name, key)
  await page.keyboard.press("Enter")
}

/** Presses what then says a word for two seconds: the page itself looks for it, from before, for a slow machine could come too late. */
export async function pressUntil(page, name, word) {
  await tabTo(page, name)
  const [said] = await Promise.all([
    page.evaluate((wanted) => new Promise((resolve) => {
      const end = Date.now() + 20_000
      const look = () => {
        const now = document.activeElement?.getAttribute("aria-label")
        if (now === wanted || Date.now() > end) resolve(now)
        else setTimeout(look, 50)
      }
      look()
    }), word),
    page.keyboard.press("Enter"),
  ])
  expect(said === word, `${name} says ${JSON.stringify(said)} and not ${word}`)
}

/** Keys that belong together by time, as the letters of a choice: one after the other, a slow machine would tear them apart. */
export const together = (page, ...keys) => Promise.all(keys.map((key) => page.keyboard.press(key)))

/** A dialog gives the keyboard back a moment after it has gone. */
export const inPage = (page) => waitFor("the keyboard in the page", () => page.evaluate(() => document.activeElement?.closest("main") !== null))

const isIn = (page, role) => page.evaluate((wanted) => Boolean(document.activeElement?.closest(`[role="${wanted}"]`)), role)

/** The dialog, as soon as the keyboard is in it: what is behind it may have the same names. */
export async function dialogOf(page, name) {
  await waitFor(`the keyboard in the dialog of ${name}`, () => isIn(page, "dialog"))
  return page.getByRole("dialog")
}

/** Presses what opens a dialog. */
export async function open(page, name, key = "Tab") {
  await press(page, name, key)
  return dialogOf(page, name)
}

/** Opens a menu and chooses from it. */
export async function choose(page, menu, item) {
  await press(page, menu)
  await waitFor(`the keyboard in the menu ${menu}`, () => isIn(page, "menu"))
  for (let at = await focused(page), i = 0; i < 12 && at !== item; i++) {
    await page.keyboard.press("ArrowDown")
    // A menu moves the focus a moment later.
    at = await waitFor(`an item after ${at} in ${menu}`, async () => { const now = await focused(page); return now !== at && now }, 20, 10)
  }
  expect(await focused(page) === item, `${item} is not reached in ${menu}, but ${JSON.stringify(await focused(page))}`)
  await page.keyboard.press("Enter")
}

export const focusIs = (page, name) => waitFor(`the focus on ${name}`, async () => {
  const what = await focused(page)
  return (name instanceof RegExp ? name.test(what) : what === name) || null
}).catch(async () => { throw new Error(`the focus is on ${JSON.stringify(await focused(page))} and not on ${name}`) })

/** Whoever goes on by Tab goes on in the page, and not at the window's beginning. */
export async function goesOn(page, after) {
  await page.keyboard.press("Tab")
  const place = await page.evaluate(() => document.activeElement?.closest("main") !== null)
  expect(place, `after ${after} the keyboard goes on at ${JSON.stringify(await focused(page))}`)
}
