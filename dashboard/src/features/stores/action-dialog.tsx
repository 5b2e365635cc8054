import {Button} from "@/components/button"
import {Dialog} from "@/components/dialog"
import {ProblemNotice} from "@/components/notice"
import type {Store} from "@/lib/stores/store"
import {messages} from "@/messages"

import {useStoreAction} from "./act-on-store"

const text = messages.stores.danger
const WORDS = {
  restart: {title: text.restartTitle, hint: text.restartHint, button: messages.stores.store.restart},
  suspend: {title: text.suspendTitle, hint: text.suspendHint, button: messages.stores.store.suspend},
}

/** Restart and suspend are felt by visitors, so they ask once. */
export function ActionDialog({store, action, onClose}: {store: Store; action: "restart" | "suspend"; onClose: () => void}) {
  const act = useStoreAction()
  const {title, hint, button} = WORDS[action]
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={hint}
      footer={(
        <>
          <Button onClick={onClose}>{messages.common.cancel}</Button>
          <Button kind="primary" busy={act.isPending} onClick={() => { act.mutate({id: store.id, action}, {onSuccess: onClose}) }}>{button}</Button>
        </>
      )}
    >
      {act.error && <ProblemNotice error={act.error} />}
    </Dialog>
  )
}
