import {useState} from "react"

import {useCancelOperation} from "@/lib/operations/cancel-operation"
import {isCancellable, type Operation} from "@/lib/operations/operation"
import {messages, operationWord} from "@/messages"

import {Button} from "./button"
import {Dialog} from "./dialog"
import {ProblemNotice} from "./notice"

const text = messages.operations

/** Asks first: what was made so far is removed. Nothing for an operation that goes forward only. `store` is a name. */
export function CancelButton({operation, store}: {operation: Operation; store: string}) {
  const [open, setOpen] = useState(false)
  const cancel = useCancelOperation()
  if (!isCancellable(operation)) return null
  // It ends when its running step does; until then it cannot be ended twice.
  if (cancel.isSuccess) return <span className="text-[13px] text-ink-soft">{text.cancelling}</span>
  return (
    <>
      <Button size="small" aria-label={text.cancelOf(operationWord(operation.kind), store)} onClick={() => { setOpen(true) }}>{messages.common.cancel}</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={text.cancelTitle}
        description={text.cancelText}
        footer={(
          <>
            <Button onClick={() => { setOpen(false) }}>{text.keep}</Button>
            <Button kind="danger" busy={cancel.isPending} onClick={() => { cancel.mutate(operation.id, {onSuccess: () => { setOpen(false) }}) }}>{text.cancelIt}</Button>
          </>
        )}
      >
        {cancel.error && <ProblemNotice error={cancel.error} />}
      </Dialog>
    </>
  )
}
