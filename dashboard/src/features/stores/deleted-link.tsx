import {Link} from "@tanstack/react-router"

import {Button} from "@/components/button"
import {messages} from "@/messages"

import {useStores} from "./list-stores"

const DELETED = {phase: ["Deleted"]}

/** To the receipts, where every store is gone. Nothing where none ever was. */
export function DeletedLink() {
  const gone = useStores(DELETED).data?.pages[0]?.stores ?? []
  return gone.length > 0 && <Button kind="quiet" asChild><Link to="/stores" search={DELETED}>{messages.stores.deleted}</Link></Button>
}
