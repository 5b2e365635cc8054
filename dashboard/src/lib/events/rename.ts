import type {QueryClient} from "@tanstack/react-query"

import type {OperationPages} from "@/lib/operations/list-operations"
import {operationKeys} from "@/lib/operations/operation"

import type {StoreEvent} from "./event"
import {eventKeys, type EventPages} from "./list-events"

/** A renamed store is called by its new name in all that was read about it. */
export function renameStore(queries: QueryClient, {store_id: id, store_name: name}: StoreEvent): void {
  const renamed = <Item extends {store_id: string; store_name: string}>(items: Item[]) => items.map((item) => (item.store_id === id ? {...item, store_name: name} : item))
  queries.setQueriesData<EventPages>({queryKey: eventKeys.all}, (list) => list && {...list, pages: list.pages.map((page) => ({...page, events: renamed(page.events)}))})
  queries.setQueriesData<OperationPages>({queryKey: operationKeys.lists}, (list) => list && {...list, pages: list.pages.map((page) => ({...page, operations: renamed(page.operations)}))})
}
