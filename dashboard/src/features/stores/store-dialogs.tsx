import type {Store} from "@/lib/stores/store"

import {ActionDialog} from "./action-dialog"
import {CredentialsDialog} from "./credentials-dialog"
import {DeleteDialog} from "./delete-dialog"
import {RenameDialog} from "./rename-dialog"
import {useStoreView} from "./store-view"

export type StoreDialog = "credentials" | "rename" | "restart" | "suspend" | "delete"

export function StoreDialogs({store, open, onClose}: {store: Store; open: StoreDialog | null; onClose: () => void}) {
  const [, change] = useStoreView()
  switch (open) {
    case null: return null
    case "credentials": return <CredentialsDialog store={store} onClose={onClose} />
    case "rename": return <RenameDialog store={store} onClose={onClose} />
    case "restart":
    case "suspend": return <ActionDialog store={store} action={open} onClose={onClose} />
    case "delete": return (
      <DeleteDialog
        store={store}
        onClose={onClose}
        onDeleting={() => {
          onClose()
          change({tab: undefined})
        }}
      />
    )
  }
}
