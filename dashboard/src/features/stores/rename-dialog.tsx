import type {FormEvent} from "react"

import {Button} from "@/components/button"
import {Dialog} from "@/components/dialog"
import {Field} from "@/components/field"
import {Notice, ProblemNotice} from "@/components/notice"
import {Problem} from "@/lib/api/problem"
import type {Store} from "@/lib/stores/store"
import {messages} from "@/messages"

import {useRenameStore} from "./rename-store"
import {useDraft} from "./store-draft"

const text = messages.stores.rename

export function RenameDialog({store, onClose}: {store: Store; onClose: () => void}) {
  const rename = useRenameStore()
  const [name, setName] = useDraft(store.id, "rename", store.name)
  const problem = rename.error instanceof Problem ? rename.error : null
  const inField = problem && (problem.fields.name ?? (problem.code === "name_taken" ? problem.message : undefined))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) rename.mutate({of: store, name: name.trim()}, {onSuccess: onClose})
  }
  return (
    <Dialog open onOpenChange={onClose} title={text.title}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label={text.label} hint={text.hint} error={inField ?? undefined} value={name} required autoComplete="off" dir="auto" onChange={(event) => { setName(event.target.value) }} />
        {problem?.code === "generation_changed" && <Notice tone="warn" title={text.changed} />}
        {rename.error && !inField && problem?.code !== "generation_changed" && <ProblemNotice error={rename.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{messages.common.cancel}</Button>
          <Button type="submit" kind="primary" busy={rename.isPending} disabled={!name.trim() || name.trim() === store.name}>{text.submit}</Button>
        </div>
      </form>
    </Dialog>
  )
}
