import {CircleCheck, CircleX, LoaderCircle} from "lucide-react"
import {useState} from "react"

import {Button} from "@/components/button"
import {Dialog} from "@/components/dialog"
import {Field} from "@/components/field"
import {Notice} from "@/components/notice"
import {count} from "@/lib/format"
import type {Store} from "@/lib/stores/store"
import {messages} from "@/messages"

import {useStoreAction} from "./act-on-store"
import {useDeleteStore} from "./delete-store"

export type BulkAction = "restart" | "suspend" | "delete"

const text = messages.stores.bulk
/** So many requests at once: the list stays alive for everybody else. */
const AT_ONCE = 4

type Outcome = {state: "running" | "started"} | {state: "refused"; why: string}

/** One action for many stores: asked once, told for each. */
export function BulkDialog({action, stores: chosen, onClose, onDone}: {action: BulkAction; stores: readonly Store[]; onClose: () => void; onDone: () => void}) {
  // As it was asked: a store that is deleted meanwhile leaves the list behind this and keeps its line here.
  const [stores] = useState(chosen)
  const act = useStoreAction()
  const remove = useDeleteStore()
  const [typed, setTyped] = useState("")
  const [outcomes, setOutcomes] = useState<Readonly<Record<string, Outcome>>>({})
  const [state, setState] = useState<"asking" | "running" | "done">("asking")

  const start = async (store: Store) => {
    const tell = (outcome: Outcome) => { setOutcomes((old) => ({...old, [store.id]: outcome})) }
    tell({state: "running"})
    try {
      if (action === "delete") await remove.mutateAsync({id: store.id, confirm: store.name})
      else await act.mutateAsync({id: store.id, action})
      tell({state: "started"})
    } catch (error) {
      tell({state: "refused", why: error instanceof Error ? error.message : ""})
    }
  }
  const run = async () => {
    setState("running")
    const waiting = [...stores]
    await Promise.all(Array.from({length: AT_ONCE}, async () => {
      for (let store = waiting.shift(); store; store = waiting.shift()) await start(store)
    }))
    setState("done")
  }
  const ended = Object.values(outcomes).filter((outcome) => outcome.state !== "running").length
  const refused = Object.values(outcomes).filter((outcome) => outcome.state === "refused").length
  const sure = action !== "delete" || typed.trim() === String(stores.length)
  const close = () => {
    if (state === "running") return
    if (state === "done") onDone()
    else onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      title={text.title[action]}
      description={text.hint[action]}
      footer={state === "done"
        ? <Button kind="primary" onClick={close}>{text.done}</Button>
        : (
            <>
              <Button onClick={close}>{messages.common.cancel}</Button>
              <Button kind={action === "delete" ? "danger" : "primary"} disabled={!sure} busy={state === "running"} onClick={() => { void run() }}>
                {state === "running" ? text.doing(count(ended), count(stores.length)) : `${text.confirm[action]} (${count(stores.length)})`}
              </Button>
            </>
          )}
    >
      <div className="grid gap-4">
        {refused > 0 && state === "done" && <Notice tone="warn" title={text.failed(refused)} />}
        <ul className="grid gap-1 rounded-xl border border-line p-2">
          {stores.map((store) => {
            const outcome = outcomes[store.id]
            return (
              <li key={store.id} className="flex min-h-8 items-center gap-2 px-2">
                <span className="min-w-0 flex-1 truncate"><bdi>{store.name}</bdi>{outcome?.state === "refused" && <span className="block text-xs whitespace-normal text-bad">{outcome.why}</span>}</span>
                {outcome?.state === "running" && <LoaderCircle aria-hidden className="size-4 animate-spin text-busy" />}
                {outcome?.state === "started" && <span className="flex items-center gap-1.5 text-xs text-good"><CircleCheck aria-hidden className="size-4" />{text.started}</span>}
                {outcome?.state === "refused" && <CircleX aria-hidden className="size-4 shrink-0 text-bad" />}
              </li>
            )
          })}
        </ul>
        {action === "delete" && state === "asking" && <Field label={text.typed(count(stores.length))} value={typed} inputMode="numeric" autoComplete="off" onChange={(event) => { setTyped(event.target.value) }} />}
      </div>
    </Dialog>
  )
}
