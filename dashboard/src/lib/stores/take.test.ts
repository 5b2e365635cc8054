import {QueryClient} from "@tanstack/react-query"
import {expect, test} from "vitest"

import {operation, operationKeys} from "@/lib/operations/operation"
import {aStore, anOperation} from "@/testing/samples"

import {store, storeKeys, type Store} from "./store"
import {takeOperation, takeStore} from "./take"

const queries = new QueryClient()
const key = storeKeys.one(aStore().id)

test("the answer to a write is the newest of a store, or it is not taken; the store is read again in any case", () => {
  takeStore(queries, store.parse(aStore({version: 10, phase: "Requested"})))
  expect(queries.getQueryData<Store>(key)?.phase).toBe("Requested")
  takeStore(queries, store.parse(aStore({version: 12, phase: "Ready"})))
  takeStore(queries, store.parse(aStore({version: 10, phase: "Requested"})))
  expect(queries.getQueryData<Store>(key)?.phase).toBe("Ready")
  expect(queries.getQueryState(key)?.isInvalidated).toBe(true)
})

test("the same for an operation", () => {
  const {id} = anOperation()
  takeOperation(queries, operation.parse(anOperation({state: "succeeded", updated: "2026-11-21T09:31:00.000Z"})))
  takeOperation(queries, operation.parse(anOperation({state: "running", updated: "2026-11-21T09:30:00.000Z"})))
  expect(queries.getQueryData(operationKeys.one(id))).toMatchObject({state: "succeeded"})
  expect(queries.getQueryState(operationKeys.one(id))?.isInvalidated).toBe(true)
})
