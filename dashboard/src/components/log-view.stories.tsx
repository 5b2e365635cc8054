import {bytes} from "@/lib/format"
import {toLine} from "@/lib/log-lines"
import {messages} from "@/messages"
import {Opens} from "@/stories/opens"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"

import {LogView, type LogViewProps} from "./log-view"

const MEBIBYTE = 1024 * 1024
const hostile = [
  "begin", "\u001b[31mred in a terminal\u001b[0m, \u001b]0;title\u0007plain here", "<script>alert(1)</script>", "left \u202Eright-to-left override\u202C again", "🛒".repeat(63), `long ${"x".repeat(MEBIBYTE)}`, "end",
].map((text, index) => toLine(index % 2 ? "green-tea-web-0/web" : "green-tea-db-0/db", text))
const many = Array.from({length: 10_000}, (_, index) => toLine("green-tea-web-0/web", `GET /products/${index} 200`))

const Shown = (props: Partial<LogViewProps>) => (
  <div className="flex h-56"><LogView label="Log lines" lines={hostile} search="" current={null} wrap={false} stick={false} onStick={() => undefined} showSource prefix="green-tea-" {...props} /></div>
)

export default {
  title: "LogView",
  states: {
    "hostile lines": () => <Shown />,
    "hostile lines, wrapped": () => <Shown wrap />,
    "a search": () => <Shown search="right" current={3} />,
    "the whole of a long line": () => <Opens show={() => <Shown />} steps={[click(messages.common.longLine(bytes(MEBIBYTE))), see(messages.common.more)]} />,
    "10,000 lines at their end": () => <Shown lines={many} stick showSource={false} />,
  },
} satisfies Stories
