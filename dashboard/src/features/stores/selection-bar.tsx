import {Moon, RotateCw, Trash2, X} from "lucide-react"
import {useLayoutEffect} from "react"

import {Button} from "@/components/button"
import {count} from "@/lib/format"
import {messages} from "@/messages"

import type {BulkAction} from "./bulk-dialog"

const text = messages.stores

export interface SelectionBarProps {
  selected: number
  onAct: (action: BulkAction) => void
  onClear: () => void
}

/**
 * What can be done with the selected rows. It is shown below the list, so that filters and rows stay where they are, and stands before it
 * for the keyboard, which would pass every row on its way down. The key `a` leads here from any row.
 */
export function SelectionBar({selected, onAct, onClear}: SelectionBarProps) {
  // Its place is taken from the list's lower end: the row that was just selected must not go with it.
  useLayoutEffect(() => { document.activeElement?.closest("[role=row]")?.scrollIntoView({block: "nearest"}) }, [])
  return (
    <div role="toolbar" aria-label={text.selected(count(selected))} className="order-last flex animate-appear flex-wrap items-center gap-2 rounded-2xl border border-line-strong bg-surface px-3 py-2 shadow-lg">
      <span className="pl-1 font-medium tabular-nums">{text.selected(count(selected))}</span>
      <Button size="small" kind="quiet" className="mr-auto" onClick={onClear}><X aria-hidden />{text.unselect}</Button>
      <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
        <Button size="small" data-key="a" onClick={() => { onAct("restart") }}><RotateCw aria-hidden />{text.bulk.confirm.restart}</Button>
        <Button size="small" onClick={() => { onAct("suspend") }}><Moon aria-hidden />{text.bulk.confirm.suspend}</Button>
        <Button size="small" className="text-bad" onClick={() => { onAct("delete") }}><Trash2 aria-hidden />{text.bulk.confirm.delete}</Button>
      </div>
    </div>
  )
}
