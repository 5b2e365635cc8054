// Runs the stories in order, those that no other world has taken; see `run`, which starts what they need.
import {Browser, Checks, control, WITHOUT_WINDOWS} from "./browser.mjs"
import {pagesOf} from "./pages.mjs"
import {takePictures} from "./pictures.mjs"
import {everyComponent, serveFolder} from "./stories_components.mjs"
import * as access from "./stories_access.mjs"
import * as connection from "./stories_connection.mjs"
import * as failing from "./stories_failing.mjs"
import * as first from "./stories_first.mjs"
import * as hostile from "./stories_hostile.mjs"
import * as keyboard from "./stories_keyboard.mjs"
import * as flows from "./stories_keyboard_flows.mjs"
import * as keyboardPages from "./stories_keyboard_pages.mjs"
import * as numbers from "./stories_numbers.mjs"
import * as pages from "./stories_pages.mjs"
import * as states from "./stories_states.mjs"
import * as stores from "./stories_stores.mjs"
import * as trouble from "./stories_trouble.mjs"
import * as watch from "./stories_watch.mjs"
import * as writes from "./stories_writes.mjs"

const pictures = process.argv.includes("--pictures")
// Pictures have engines of their own (pictured.py), which no story knows.
const words = pictures ? ["no story"] : process.argv.slice(2).filter((argument) => !argument.startsWith("-"))
const last = access.too_many_wrong_tokens_are_told_to_wait
const measured = numbers.ten_thousand_lines_of_a_log_scroll_like_a_few
const STORIES = [
  first, access, stores, hostile, numbers, pages, states, keyboard, flows, keyboardPages, writes, trouble, failing, connection, watch,
].flatMap((module) => Object.values(module)).filter((story) => story !== last)

const checks = new Checks()
/** @returns whether it was ours; another world may have told it, or be about to. */
async function tell(name, story, measures = false) {
  if (!await control("claim", {name, measures})) return false
  await checks.run(name.replaceAll("_", " "), story)
  await control("told", {measures})
  return true
}
const browser = await Browser.start(WITHOUT_WINDOWS)
// Pages that show a store need one of each kind; made once, by whoever asks first.
let known
const world = {pages: () => (known ??= pagesOf())}
try {
  for (const story of [...STORIES, last]) {
    if (story === last && pictures) await tell("pictures of every page", async () => takePictures(browser, await world.pages()))
    if (words.length > 0 && !words.some((word) => story.name.includes(word))) continue
    await tell(story.name, () => story(browser, world), story === measured)
    // No other story begins where there is no store: in each world, and whichever stories it takes.
    if (story === STORIES[0] && words.length === 0) await world.pages().catch(() => undefined) // each story that needs them tells it
  }
  await everyComponent(browser, words, tell, async () => serveFolder(await control("components")))
} finally {
  await browser.close()
  await control("ended", checks)
}
process.exitCode = checks.failed > 0 ? 1 : 0
