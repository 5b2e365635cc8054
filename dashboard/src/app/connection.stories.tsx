import {ChannelContext} from "@/lib/events/provider"
import type {Stories} from "@/stories/story"

import {Connection, ConnectionNotice} from "./connection"

const by = (channel: "live" | "socket" | "connecting" | "polling") => () => <ChannelContext value={channel}><div className="grid gap-2"><Connection /><ConnectionNotice /></div></ChannelContext>

export default {
  title: "Connection",
  states: {"live": by("live"), "over a WebSocket": by("socket"), "interrupted": by("connecting"), "asking every few seconds": by("polling")},
} satisfies Stories
