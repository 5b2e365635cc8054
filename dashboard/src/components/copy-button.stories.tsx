import {messages} from "@/messages"
import {Opens} from "@/stories/opens"
import {click, see, type Step} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {CopyButton} from "./copy-button"

const text = messages.common
const clipboard = (writeText: () => Promise<void>): Step => () => {
  Object.defineProperty(navigator, "clipboard", {configurable: true, value: {writeText}})
  return Promise.resolve()
}
const button = () => <CopyButton value="souk open" />

export default {
  title: "CopyButton",
  states: {
    "there": button,
    "copied": () => <Opens show={button} steps={[clipboard(() => Promise.resolve()), click(text.copy), see(`[aria-label="${text.copied}"]`)]} />,
    "refused": () => <Opens show={button} steps={[clipboard(() => Promise.reject(new Error("not allowed"))), click(text.copy), see(text.notCopied)]} />,
  },
} satisfies Stories
