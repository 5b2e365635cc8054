import {CircleMinus} from "lucide-react"
import {useState, type FormEvent} from "react"

import {Button} from "@/components/button"
import {Dialog} from "@/components/dialog"
import {Field} from "@/components/field"
import {ProblemNotice} from "@/components/notice"
import type {Store} from "@/lib/stores/store"
import {messages} from "@/messages"

import {useDeleteStore} from "./delete-store"
import {useResources} from "./list-resources"

const text = messages.stores.danger

/** What goes, in words of its owner, and the typed name as proof that this store is meant. */
export function DeleteDialog({store, onClose, onDeleting}: {store: Store; onClose: () => void; onDeleting: () => void}) {
  const remove = useDeleteStore()
  const found = useResources(store.id)
  const resources = found.data ?? []
  const [typed, setTyped] = useState("")
  const sure = typed.trim() === store.name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (sure) remove.mutate({id: store.id, confirm: store.name}, {onSuccess: onDeleting})
  }
  const lost = [
    text.lostData,
    ...resources.filter(({kind}) => kind === "PersistentVolumeClaim").map(({name}) => text.lostVolume(name)),
    ...store.hosts.map((host) => text.lostAddress(host)),
    text.lostLogin,
    ...(resources.length > 0 ? [text.lostObjects(resources.length)] : []),
    // What is not known is told as such: a list without volumes must not look like a store without them.
    ...(found.data ? [] : [found.error ? text.lostUnknown : text.lostLookedUp]),
  ]
  return (
    <Dialog open onOpenChange={onClose} title={`${messages.stores.store.delete}: ${store.name}`} description={text.deleteHint}>
      <form onSubmit={submit} className="grid gap-4">
        <section className="grid gap-2 rounded-xl bg-bad-soft p-4">
          <h3 className="font-medium text-bad">{text.lost}</h3>
          <ul className="grid gap-1.5">
            {lost.map((item) => <li key={item} className="flex gap-2 break-words"><CircleMinus aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" /><span className="min-w-0 break-words">{item}</span></li>)}
          </ul>
        </section>
        <p className="text-[13px] text-ink-soft">{text.kept}</p>
        <Field label={text.type(store.name)} value={typed} autoComplete="off" spellCheck={false} dir="auto" error={typed && !sure && !store.name.startsWith(typed) ? text.wrong : undefined} onChange={(event) => { setTyped(event.target.value) }} />
        {remove.error && <ProblemNotice error={remove.error} />}
        <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
          <Button onClick={onClose}>{messages.common.cancel}</Button>
          <Button type="submit" kind="danger" disabled={!sure} busy={remove.isPending}>{text.confirm}</Button>
        </div>
      </form>
    </Dialog>
  )
}
