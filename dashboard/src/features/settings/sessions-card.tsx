import {useState} from "react"

import {Button} from "@/components/button"
import {Card} from "@/components/card"
import {Dialog} from "@/components/dialog"
import {ProblemNotice} from "@/components/notice"
import {Bone, Loading} from "@/components/skeleton"
import {count} from "@/lib/format"
import {messages} from "@/messages"

import {DeviceDialog} from "./device-dialog"
import {useEndSessions} from "./end-session"
import {useSessions} from "./list-sessions"
import {SessionRow} from "./session-row"

const text = messages.settings

/** Where one is signed in, and a way to end it. */
export function SessionsCard() {
  const sessions = useSessions()
  const end = useEndSessions()
  const [ending, setEnding] = useState<{ids: readonly string[]; open: boolean}>({ids: [], open: false})
  const [device, setDevice] = useState(false)
  const others = sessions.data?.filter(({current}) => !current) ?? []
  const ask = (ids: readonly string[]) => {
    end.reset()
    setEnding({ids, open: true})
  }
  const close = () => { setEnding((old) => ({...old, open: false})) }
  const many = ending.ids.length > 1
  return (
    <Card
      title={text.sessions}
      actions={(
        <div className="flex flex-wrap justify-end gap-2">
          <Button size="small" onClick={() => { setDevice(true) }}>{text.device.open}</Button>
          {others.length > 1 && <Button size="small" onClick={() => { ask(others.map(({id}) => id)) }}>{text.endOthers}</Button>}
        </div>
      )}
    >
      <p className="-mt-2 mb-3 text-[13px] text-ink-soft">{text.sessionsHint}</p>
      {sessions.error && <ProblemNotice error={sessions.error} onRetry={() => { void sessions.refetch() }} />}
      {sessions.isPending && <Loading className="gap-4 py-3"><Bone className="w-1/2" /><Bone className="w-1/3" /></Loading>}
      {sessions.data && (
        <ul role="list" className="-mb-2">
          {sessions.data.map((session) => <SessionRow key={session.id} session={session} onEnd={() => { ask([session.id]) }} />)}
        </ul>
      )}
      {sessions.data && others.length === 0 && <p className="mt-3 text-[13px] text-ink-soft">{text.alone}</p>}
      <Dialog
        open={ending.open}
        onOpenChange={(open) => { if (!open) close() }}
        title={many ? text.endOthersTitle : text.endTitle}
        description={many ? text.endOthersText(count(ending.ids.length)) : text.endText}
        footer={(
          <>
            <Button onClick={close}>{text.keep}</Button>
            <Button kind="danger" busy={end.isPending} onClick={() => { end.mutate(ending.ids, {onSuccess: close}) }}>{many ? text.endOthers : text.endIt}</Button>
          </>
        )}
      >
        {end.error && <ProblemNotice error={end.error} />}
      </Dialog>
      {device && <DeviceDialog onClose={() => { setDevice(false); void sessions.refetch() }} />}
    </Card>
  )
}
