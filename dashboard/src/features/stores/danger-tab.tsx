import {Moon, Play, RotateCw, Trash2, type LucideIcon} from "lucide-react"
import type {ReactNode} from "react"

import {Button} from "@/components/button"
import {Notice, ProblemNotice} from "@/components/notice"
import {isMoving, isOpen} from "@/lib/phase"
import type {Store} from "@/lib/stores/store"
import {messages} from "@/messages"

import {useStoreAction} from "./act-on-store"
import type {StoreDialog} from "./store-dialogs"

const text = messages.stores.danger
const words = messages.stores.store

export function DangerTab({store, onAsk}: {store: Store; onAsk: (dialog: StoreDialog) => void}) {
  const resume = useStoreAction()
  const open = isOpen(store.phase)
  const busy = isMoving(store.phase)
  return (
    <div className="grid gap-4">
      {busy && <Notice title={text.notNow} />}
      {resume.error && <ProblemNotice error={resume.error} />}
      <div className="divide-y divide-line rounded-2xl border border-line bg-surface">
        <Choice icon={RotateCw} title={text.restart} hint={text.restartHint}><Button disabled={!open} onClick={() => { onAsk("restart") }}>{words.restart}</Button></Choice>
        {store.phase === "Suspended"
          ? <Choice icon={Play} title={text.resume} hint={text.resumeHint}><Button kind="primary" busy={resume.isPending} onClick={() => { resume.mutate({id: store.id, action: "resume"}) }}>{words.resume}</Button></Choice>
          : <Choice icon={Moon} title={text.suspend} hint={text.suspendHint}><Button disabled={!open} onClick={() => { onAsk("suspend") }}>{words.suspend}</Button></Choice>}
      </div>
      <div className="rounded-2xl border border-bad/40 bg-surface">
        <Choice icon={Trash2} title={text.delete} hint={text.deleteHint}><Button kind="danger" disabled={store.phase === "Deleting"} onClick={() => { onAsk("delete") }}>{text.deleteButton}</Button></Choice>
      </div>
    </div>
  )
}

function Choice({icon: Icon, title, hint, children}: {icon: LucideIcon; title: string; hint: string; children: ReactNode}) {
  return (
    <section className="flex flex-wrap items-center gap-4 p-5">
      <Icon aria-hidden className="size-5 shrink-0 self-start text-ink-soft" />
      <div className="min-w-0 flex-1 basis-60">
        <h2 className="font-medium">{title}</h2>
        <p className="text-ink-soft">{hint}</p>
      </div>
      {children}
    </section>
  )
}
