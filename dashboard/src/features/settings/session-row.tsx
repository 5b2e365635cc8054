import {CircleCheck, MonitorSmartphone} from "lucide-react"

import {Badge} from "@/components/badge"
import {Button} from "@/components/button"
import {When} from "@/components/when"
import {useNow} from "@/lib/clock"
import {exact, relative} from "@/lib/format"
import {messages} from "@/messages"

import {readAgent} from "./agent"
import type {OpenSession} from "./list-sessions"

const text = messages.settings

const nameOf = (agent: string): string => {
  const {browser, system} = readAgent(agent)
  if (browser && system) return text.on(browser, system)
  return browser ?? system ?? (agent.slice(0, 40) || text.unknownBrowser)
}

export function SessionRow({session, onEnd}: {session: OpenSession; onEnd: () => void}) {
  const name = nameOf(session.agent)
  const now = useNow("minute")
  return (
    <li className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] items-center gap-3 border-b border-line py-3 last:border-0">
      <MonitorSmartphone aria-hidden className="size-5 self-start text-ink-soft" />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium" title={session.agent}>
          <bdi className="truncate">{name}</bdi>
          {session.current && <Badge tone="good" icon={CircleCheck}>{text.current}</Badge>}
        </p>
        <p className="text-[13px] text-ink-soft">
          {text.from} <bdi>{session.address}</bdi> · {text.used} <When at={session.last_used} /> · {text.begun} <When at={session.created} /> · {text.expires} <time dateTime={session.expires.toISOString()} title={exact(session.expires)}>{relative(session.expires, now)}</time>
        </p>
      </div>
      {!session.current && <Button size="small" aria-label={text.endOf(name)} onClick={onEnd}>{text.end}</Button>}
    </li>
  )
}
