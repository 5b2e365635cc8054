import type {Dashboard} from "@/lib/dashboard/dashboard"
import {ChannelContext} from "@/lib/events/provider"
import type {Channel} from "@/lib/events/stream"
import {pageAt} from "@/stories/at"
import {HOSTILE} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"

import {Shell} from "./shell"

const settings: Dashboard = {title: "Souk", base_path: "/", poll_seconds: 15, version: "0.1.0"}
const frame = (path: string, channel: Channel, title = settings.title) => () =>
  withData([[["dashboard"], {...settings, title}]], pageAt(path, <ChannelContext value={channel}><Shell /></ChannelContext>))

export default {
  title: "Shell",
  states: {
    "live": frame("/stores", "live"),
    "over a WebSocket": frame("/operations", "socket"),
    "interrupted": frame("/platform", "connecting"),
    "asking every few seconds": frame("/settings", "polling"),
    "where a store is made": frame("/create", "live"),
    "where nothing is": frame("/no/such/page", "live"),
    "under a hostile name": frame("/stores", "live", `${HOSTILE} ${"🛒".repeat(40)}`),
  },
} satisfies Stories
