import {QueryClient, QueryObserver} from "@tanstack/react-query"
import {afterEach, beforeEach, expect, test, vi} from "vitest"

import type {OperationPages} from "@/lib/operations/list-operations"
import {operation, operationKeys} from "@/lib/operations/operation"
import {store, storeKeys, type Store, type StorePages} from "@/lib/stores/store"
import {fakeSoukd} from "@/testing/fake-soukd"
import {aStep, aStore, anEvent, anOperation} from "@/testing/samples"

import {applyEvent, Refresher} from "./apply"
import {storeEvent} from "./event"
import {eventKeys, type EventPages} from "./list-events"

let queries: QueryClient
const living = store.parse(aStore({phase: "Provisioning", progress: {percent: 10, step: "data", steps: [aStep("data", "running", {started: "2026-11-21T09:30:05.000Z"}), aStep("setup")]}}))
const told = (change: Parameters<typeof anEvent>[0]) => storeEvent.parse(anEvent(change))
const list = (): StorePages => ({pages: [{stores: [living], next_page_token: ""}], pageParams: [""]})

beforeEach(() => {
  queries = new QueryClient({defaultOptions: {queries: {staleTime: Infinity}}})
  queries.setQueryData(storeKeys.one(living.id), living)
})

test("a step that ends is on the page and in the list with its time", () => {
  queries.setQueryData(storeKeys.list({}), list())
  applyEvent(queries, told({type: "store.step", phase: "Provisioning", step: "data", state: "done", percent: 30, time: "2026-11-21T09:30:15.000Z"}))
  const one = queries.getQueryData<Store>(storeKeys.one(living.id))
  expect(one?.progress).toMatchObject({percent: 30, steps: [{name: "data", state: "done", ended: new Date("2026-11-21T09:30:15.000Z")}, {state: "pending"}]})
  expect(queries.getQueryData<StorePages>(storeKeys.list({}))?.pages[0]?.stores[0]?.progress.percent).toBe(30)
})

test("an event older than what was read changes nothing", () => {
  applyEvent(queries, told({phase: "Requested", store_version: living.version}))
  expect(queries.getQueryData<Store>(storeKeys.one(living.id))?.phase).toBe("Provisioning")
})

test("a store that leaves the phase a list is about leaves that list only", () => {
  queries.setQueryData(storeKeys.list({phase: ["Provisioning"]}), list())
  queries.setQueryData(storeKeys.list({}), list())
  applyEvent(queries, told({phase: "Ready"}))
  expect(queries.getQueryData<StorePages>(storeKeys.list({phase: ["Provisioning"]}))?.pages[0]?.stores).toHaveLength(0)
  expect(queries.getQueryData<StorePages>(storeKeys.list({}))?.pages[0]?.stores[0]?.phase).toBe("Ready")
})

test("an event stands first in the lists of events it belongs to, once", () => {
  const empty: EventPages = {pages: [{events: [], next_page_token: ""}], pageParams: [""]}
  for (const filter of [{}, {store: living.id}, {store: "str_other"}, {type: ["store.step"]}]) queries.setQueryData(eventKeys.list(filter), empty)
  applyEvent(queries, told({}))
  applyEvent(queries, told({}))
  const length = (filter: object) => queries.getQueryData<EventPages>(eventKeys.list(filter))?.pages[0]?.events.length
  expect([length({}), length({store: living.id}), length({store: "str_other"}), length({type: ["store.step"]})]).toEqual([1, 1, 0, 0])
})

test("a running operation goes forward, and ends, in what was read", () => {
  const running = operation.parse(anOperation({progress: {percent: 20, step: "release", steps: [aStep("release", "running"), aStep("data")]}}))
  const other = operation.parse(anOperation({id: "op_2"}))
  queries.setQueryData<OperationPages>(operationKeys.list({}), {pages: [{operations: [running, other], next_page_token: ""}], pageParams: [""]})
  queries.setQueryData(operationKeys.one(running.id), running)
  const listed = () => queries.getQueryData<OperationPages>(operationKeys.list({}))?.pages[0]?.operations
  const [began, ended] = ["2026-11-21T09:31:01.000Z", "2026-11-21T09:31:02.000Z"]
  applyEvent(queries, told({type: "store.step", operation: running.id, step: "data", state: "running", message: "starting", percent: 40, time: began}))
  expect(listed()?.[0]).toMatchObject({done: false, progress: {percent: 40, step: "data", steps: [{}, {state: "running", message: "starting", started: new Date(began)}]}})
  expect(queries.getQueryData(operationKeys.one(running.id))).toMatchObject({progress: {percent: 40}})
  applyEvent(queries, told({type: "store.step", operation: other.id, percent: 90, time: anOperation().updated}))
  applyEvent(queries, told({type: "operation.ended", operation: running.id, state: "failed", percent: 40, time: ended}))
  expect(listed(), "and an event from before it was read changes nothing").toMatchObject([{state: "failed", done: true, ended: new Date(ended)}, {state: "running", progress: {percent: 20}}])
})

test("a renamed store has its new name in every event and operation that was read", () => {
  const operations = {pages: [{operations: [anOperation(), anOperation({id: "op_2", store_id: "str_other", store_name: "Other"})], next_page_token: ""}], pageParams: [""]}
  queries.setQueryData(operationKeys.list({}), operations)
  queries.setQueryData(eventKeys.list({}), {pages: [{events: [told({number: 1})], next_page_token: ""}], pageParams: [""]})
  applyEvent(queries, told({number: 2, type: "store.renamed", store_name: "Black Tea"}))
  expect(queries.getQueryData<EventPages>(eventKeys.list({}))?.pages[0]?.events.map((event) => event.store_name)).toEqual(["Black Tea", "Black Tea"])
  expect(queries.getQueryData<typeof operations>(operationKeys.list({}))?.pages[0]?.operations.map((operation) => operation.store_name)).toEqual(["Black Tea", "Other"])
})

/** What a shown page asks: the test answers. */
const shown = (queryKey: readonly unknown[], more: object = {}): ((answer: unknown) => void)[] => {
  const asked: ((answer: unknown) => void)[] = []
  leave.push(new QueryObserver(queries, {queryKey, queryFn: () => new Promise((resolve) => { asked.push(resolve) }), ...more}).subscribe(() => undefined))
  return asked
}
const leave: (() => void)[] = []
afterEach(() => {
  for (const go of leave.splice(0)) go()
  vi.useRealTimers()
})

test("an event that comes during the first read makes a second one", async () => {
  vi.useFakeTimers()
  const asked = shown(storeKeys.one("str_slow"))
  const refresher = new Refresher(queries)
  refresher.take(told({store_id: "str_slow"}))
  await vi.advanceTimersByTimeAsync(500)
  asked[0]?.({phase: "Provisioning"})
  await vi.advanceTimersByTimeAsync(500)
  expect(asked).toHaveLength(2)
  refresher.close()
})

test("an event that comes while a list of events is read is not lost, be it the first time or again", async () => {
  vi.useFakeTimers()
  const refresher = new Refresher(queries)
  const asked = shown(eventKeys.list({}))
  const come = (number: number) => {
    applyEvent(queries, told({number}))
    refresher.take(told({number}))
  }
  const answer = {pages: [{events: [], next_page_token: ""}], pageParams: [""]}
  come(20)
  await vi.advanceTimersByTimeAsync(500)
  asked[0]?.(answer)
  await vi.advanceTimersByTimeAsync(3000)
  expect(asked).toHaveLength(2)
  come(21)
  asked[1]?.(answer)
  await vi.advanceTimersByTimeAsync(3000)
  expect(asked).toHaveLength(3)
  refresher.close()
})

test("a hint has what is shown of its stores' objects read again: at once, and what comes soon after it once", async () => {
  vi.useFakeTimers()
  const refresher = new Refresher(queries)
  const parts = {tree: shown(storeKeys.part("str_1", "resources")), object: shown(storeKeys.part("str_1", "resource", ["Pod", "web-0"])), pods: shown(storeKeys.part("str_1", "pods")), usage: shown(storeKeys.part("str_1", "usage")), store: shown(storeKeys.one("str_1")), other: shown(storeKeys.part("str_2", "resources"))}
  const hidden = storeKeys.part("str_1", "resource", ["Pod", "db-0"])
  queries.setQueryData(hidden, {})
  const answerAll = () => { for (const asked of Object.values(parts)) asked.at(-1)?.({}) }
  const times = () => Object.values(parts).map((asked) => asked.length)
  answerAll()
  await vi.advanceTimersByTimeAsync(1000)
  refresher.takeHint(["str_1", "str_nobody_shows"])
  await vi.advanceTimersByTimeAsync(1)
  expect(times()).toEqual([2, 2, 2, 1, 1, 1])
  expect(queries.getQueryState(hidden)?.isInvalidated).toBe(true)
  answerAll()
  for (let i = 0; i < 5; i++) refresher.takeHint(["str_1"])
  await vi.advanceTimersByTimeAsync(290)
  expect(times()).toEqual([2, 2, 2, 1, 1, 1])
  await vi.advanceTimersByTimeAsync(20)
  expect(times()).toEqual([3, 3, 3, 1, 1, 1])
  answerAll()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(times()).toEqual([3, 3, 3, 1, 1, 1])
  refresher.close()
})

test("a new store is asked for at once; what comes soon after it is gathered", async () => {
  vi.useFakeTimers()
  queries.setQueryData(storeKeys.list({}), list())
  const asked = shown(storeKeys.list({}), {staleTime: Infinity})
  const refresher = new Refresher(queries)
  refresher.take(told({store_id: "str_new", type: "store.requested"}))
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toHaveLength(1)
  asked[0]?.(list())
  for (let i = 0; i < 100; i++) {
    refresher.take(told({store_id: `str_${i}`, type: "store.requested"}))
    await vi.advanceTimersByTimeAsync(100)
    asked.at(-1)?.(list())
  }
  expect(asked.length).toBeLessThan(8)
  refresher.close()
})

test("a list that was scrolled far reads its first page only, and loses nothing by it", async () => {
  vi.useFakeTimers()
  const rows = (...ids: string[]) => ids.map((id) => ({...living, id}))
  const {asked} = fakeSoukd({"GET /api/v1/stores": () => ({stores: [aStore({id: "str_new"}), aStore({id: "str_1"}), aStore({id: "str_5"})], next_page_token: "2"})})
  queries.setQueryData(storeKeys.list({engine: "medusa"}), {pages: [1, 2, 3, 4, 5, 6].map((n) => ({stores: rows(...(n === 1 ? ["str_1", "str_1b"] : [`str_${n}`])), next_page_token: String(n + 1)})), pageParams: ["", "2", "3", "4", "5", "6"]})
  shown(storeKeys.list({engine: "medusa"}), {staleTime: Infinity})
  const refresher = new Refresher(queries)
  refresher.take(told({store_id: "str_new", type: "store.requested"}))
  await vi.advanceTimersByTimeAsync(200)
  refresher.close()
  expect(asked.map(({query}) => query.toString())).toEqual(["engine=medusa&page_size=100"])
  expect(queries.getQueryData<StorePages>(storeKeys.list({engine: "medusa"}))?.pages.map((page) => page.stores.map(({id}) => id))).toEqual([["str_new", "str_1", "str_5", "str_1b"], ["str_2"], ["str_3"], ["str_4"], [], ["str_6"]])
})

test("under a storm operations are read, again and again, but never in a hurry", async () => {
  vi.useFakeTimers()
  const asked = shown(operationKeys.list({}))
  const refresher = new Refresher(queries)
  for (let i = 0; i < 100; i++) {
    refresher.take(told({type: "store.step", operation: "op_1", store_id: "str_other"}))
    await vi.advanceTimersByTimeAsync(100)
    if (i % 5 === 4) asked.at(-1)?.({n: i}) // an answer takes half a second
  }
  expect(queries.getQueryData(operationKeys.list({}))).toMatchObject({n: expect.any(Number) as number})
  expect(asked.length).toBeGreaterThan(3)
  expect(asked.length).toBeLessThan(12)
  refresher.close()
})

test("what is no operation asks for none, and one store's for no other's", async () => {
  vi.useFakeTimers()
  queries.setQueryData(operationKeys.list({}), {})
  queries.setQueryData(operationKeys.list({store: "str_2"}), {})
  const [all, other] = [shown(operationKeys.list({}), {staleTime: Infinity}), shown(operationKeys.list({store: "str_2"}), {staleTime: Infinity})]
  const refresher = new Refresher(queries)
  refresher.take(told({type: "store.condition"}))
  await vi.advanceTimersByTimeAsync(3000)
  expect([all.length, other.length]).toEqual([0, 0])
  refresher.take(told({type: "operation.ended", operation: "op_1"}))
  await vi.advanceTimersByTimeAsync(3000)
  expect([all.length, other.length]).toEqual([1, 0])
  refresher.close()
})

test("a list of events of a store that was named is known by its first event", async () => {
  vi.useFakeTimers()
  const tea: EventPages = {pages: [{events: [told({number: 3})], next_page_token: ""}], pageParams: [""]}
  queries.setQueryData(eventKeys.list({store: "Green Tea"}), tea)
  const asked = shown(eventKeys.list({store: "Green Tea"}), {staleTime: Infinity})
  const refresher = new Refresher(queries)
  for (const event of [told({number: 4, store_id: "str_other"}), told({number: 5})]) {
    applyEvent(queries, event)
    refresher.take(event)
  }
  await vi.advanceTimersByTimeAsync(3000)
  refresher.close()
  expect(asked).toHaveLength(0)
  expect(queries.getQueryData<EventPages>(eventKeys.list({store: "Green Tea"}))?.pages[0]?.events.map(({number}) => number)).toEqual([5, 3])
})

test("a list of events that is open all day does not grow without end, and its next page is read anew", async () => {
  vi.useFakeTimers()
  queries.setQueryData<EventPages>(eventKeys.list({}), {pages: [{events: [], next_page_token: "a"}, {events: [], next_page_token: ""}], pageParams: ["", "a"]})
  const asked = shown(eventKeys.list({}), {staleTime: Infinity})
  const refresher = new Refresher(queries)
  for (let number = 1; number <= 1000; number++) {
    applyEvent(queries, told({number}))
    refresher.take(told({number}))
  }
  const list = queries.getQueryData<EventPages>(eventKeys.list({}))
  expect(list?.pages).toHaveLength(1)
  expect(list?.pages[0]?.events.length).toBeLessThanOrEqual(300)
  expect(list?.pages[0]?.events[0]?.number).toBe(1000)
  await vi.advanceTimersByTimeAsync(100)
  expect(asked).toHaveLength(1)
  refresher.close()
})

test("a storm of events of one listed store is one question, and the list is not read for it", async () => {
  vi.useFakeTimers()
  const {asked} = fakeSoukd({"GET /api/v1/stores/:id": () => aStore({phase: "Provisioning", version: 99})})
  queries.setQueryData(storeKeys.list({}), list())
  const refresher = new Refresher(queries)
  for (let i = 0; i < 100; i++) refresher.take(told({type: "store.step", number: i}))
  await vi.advanceTimersByTimeAsync(3000)
  refresher.close()
  vi.useRealTimers()
  expect(asked.map(({path}) => path)).toEqual([`/api/v1/stores/${living.id}`])
  expect(queries.getQueryData<StorePages>(storeKeys.list({}))?.pages[0]?.stores[0]?.version).toBe(99)
})
