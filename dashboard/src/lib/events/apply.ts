import type {Query, QueryClient, QueryKey} from "@tanstack/react-query"

import type {Progress} from "@/lib/api/common"
import type {OperationFilter, OperationPages} from "@/lib/operations/list-operations"
import {operationKeys, type Operation} from "@/lib/operations/operation"
import {statsKey} from "@/lib/stats/stats"
import {listStores} from "@/lib/stores/list-stores"
import {readStore} from "@/lib/stores/read-store"
import {OBJECT_PARTS, storeKeys, type Store, type StoreFilter, type StorePages} from "@/lib/stores/store"

import type {StoreEvent} from "./event"
import {belongs, eventKeys, type EventFilter, type EventPages} from "./list-events"
import {readAgain} from "./read-again"
import {renameStore} from "./rename"
import {changeInLists, withFirst} from "./store-lists"

/** A storm of events of one store is one question. */
const GATHER_MS = 60
/** Sums and lists change at once, and then at most this often. */
const SLOW_MS = 2000
/** Objects are read at once, and then at most this often: a tree is many questions to the cluster. */
const OBJECTS_MS = 300
/** So many stores at once are read as lists. */
const MOST_SINGLE = 20
/** Of a list that was scrolled further than this many pages only the first is read again: the other rows change in place. */
const MOST_PAGES = 5

/** A list of events that grew longer than this is cut: a page that is open all day must not fill the memory. */
const MOST_EVENTS = 300
const SOME_EVENTS = 100

/** How far a store or an operation is after the event. */
function progressAfter(event: StoreEvent, {step: current, steps}: Progress): Progress {
  return {percent: event.percent, step: event.step ?? current, steps: steps.map((step) => step.name === event.step && event.state !== null && event.type === "store.step"
    ? {...step, state: event.state, message: event.message, started: step.started ?? event.time, ended: event.state === "done" || event.state === "failed" ? event.time : null}
    : step)}
}

/** Phase and progress, which an event tells itself: on the screen at once, before anything is asked. */
export function applyEvent(queries: QueryClient, event: StoreEvent): void {
  const change = (store: Store): Store => {
    if (store.id !== event.store_id || store.version >= event.store_version) return store
    // The version stays: the event is a fact about the store and not the store, which is read when the events have been gathered.
    return {...store, phase: event.phase, progress: progressAfter(event, store.progress)}
  }
  changeOperation(queries, event)
  queries.setQueryData<Store>(storeKeys.one(event.store_id), (store) => store && change(store))
  changeInLists(queries, event.store_id, change)
  if (event.type === "store.renamed") renameStore(queries, event)
  for (const [key, pages] of queries.getQueriesData<EventPages>({queryKey: eventKeys.all})) {
    const first = pages?.pages[0]
    if (!first || first.events[0]?.number === event.number) continue
    const has = belongs((key[2] ?? {}) as EventFilter, event, first.events[0]?.store_id)
    if (has && (first.events[0]?.number ?? 0) < event.number) {
      const grown = {...first, events: [event, ...first.events]}
      // Cut to its beginning; where it goes on from there is asked again.
      if (grown.events.length > MOST_EVENTS) queries.setQueryData<EventPages>(key, {pages: [{...grown, events: grown.events.slice(0, SOME_EVENTS)}], pageParams: pages.pageParams.slice(0, 1)})
      else queries.setQueryData<EventPages>(key, {...pages, pages: [grown, ...pages.pages.slice(1)]})
    }
  }
}

/** What a running operation does, and its end. Why it failed, and whether it leaves a list, is read when the events have been gathered. */
function changeOperation(queries: QueryClient, event: StoreEvent): void {
  const change = (operation: Operation): Operation => {
    if (operation.id !== event.operation || operation.done || event.time <= operation.updated) return operation
    const ended = event.type === "operation.ended" && event.state !== null ? {state: event.state, done: true, ended: event.time} : {}
    return {...operation, progress: progressAfter(event, operation.progress), ...ended}
  }
  if (event.operation === null) return
  queries.setQueryData<Operation>(operationKeys.one(event.operation), (operation) => operation && change(operation))
  queries.setQueriesData<OperationPages>({queryKey: operationKeys.lists}, (list) => list && {...list, pages: list.pages.map((page) => ({...page, operations: page.operations.map(change)}))})
}

/** Reads anew what events said has changed, and only what is in the cache: gathered, so that a storm stays a few requests. */
export class Refresher {
  private readonly stale = new Set<string>()
  private lists = false
  /** Operations that went on, with their stores. */
  private operations = new Map<string, string>()
  /** Lists of events that this page cannot put an event into by itself. */
  private readonly eventLists = new Set<string>()
  private sumsAt = -Infinity
  /** Stores whose objects changed. */
  private hinted = new Set<string>()
  private objectsAt = -Infinity
  private objectTimer: ReturnType<typeof setTimeout> | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private slowTimer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly queries: QueryClient) {}

  take(event: StoreEvent): void {
    this.stale.add(event.store_id)
    if (event.type !== "store.step" && event.type !== "store.condition") this.lists = true
    if (event.operation !== null) this.operations.set(event.operation, event.store_id)
    this.takeForLists(event)
    this.timer ??= setTimeout(() => { this.readStores() }, GATHER_MS)
    this.soon()
  }

  takeHint(stores: readonly string[]): void {
    for (const id of stores) this.hinted.add(id)
    this.objectTimer ??= setTimeout(() => {
      this.objectTimer = undefined
      this.objectsAt = performance.now()
      const hinted = this.hinted
      this.hinted = new Set()
      this.readObjects(hinted)
    }, Math.max(0, this.objectsAt + OBJECTS_MS - performance.now()))
  }

  /** Of these stores; without them, of all. */
  readObjects(stores?: ReadonlySet<string>): void {
    readAgain(this.queries, {
      queryKey: storeKeys.all,
      predicate: ({queryKey: [, kind, id, part]}) => kind === "one" && OBJECT_PARTS.includes(part) && (stores?.has(String(id)) ?? true),
    })
  }

  close(): void {
    clearTimeout(this.timer)
    clearTimeout(this.objectTimer)
    clearTimeout(this.slowTimer)
  }

  /** Of a store that is named and not known only soukd can say. An answer that is on its way may be older than this event, and it replaces what was put in front meanwhile. */
  private takeForLists(event: StoreEvent): void {
    for (const query of this.queries.getQueryCache().findAll({queryKey: eventKeys.all})) {
      const events = (query.state.data as EventPages | undefined)?.pages[0]?.events
      if (events?.[0]?.number === event.number && events.length === SOME_EVENTS) this.eventLists.add(query.queryHash)
      const has = belongs((query.queryKey[2] ?? {}) as EventFilter, event, events?.[0]?.store_id)
      if (query.state.fetchStatus !== "idle" ? has !== false : has === null && events) this.eventLists.add(query.queryHash)
    }
  }

  private readStores(): void {
    this.timer = undefined
    const ids = [...this.stale]
    this.stale.clear()
    const stale = new Set(ids)
    readAgain(this.queries, {queryKey: storeKeys.all, predicate: ({queryKey: [, kind, id]}) => kind === "one" && stale.has(String(id))})
    const listed = ids.filter((id) => this.queries.getQueriesData<StorePages>({queryKey: storeKeys.lists})
      .some(([, list]) => list?.pages.some((page) => page.stores.some((store) => store.id === id))))
    if (listed.length > MOST_SINGLE) this.lists = true
    else for (const id of listed) void this.readListed(id)
  }

  /** One row of a list, without the list. Its own page shows what goes wrong with it; a list keeps what it has. */
  private async readListed(id: string): Promise<void> {
    try {
      const read = await readStore(id)
      changeInLists(this.queries, id, (old) => (old.version > read.version ? old : read))
    } catch {
      this.lists = true
      this.soon()
    }
  }

  private soon(): void {
    this.slowTimer ??= setTimeout(() => { this.readSums() }, Math.max(GATHER_MS, this.sumsAt + SLOW_MS - performance.now()))
  }

  private readSums(): void {
    this.slowTimer = undefined
    this.sumsAt = performance.now()
    readAgain(this.queries, {queryKey: statsKey})
    const changed = this.operations
    this.operations = new Map()
    if (changed.size > 0) readAgain(this.queries, {queryKey: operationKeys.all, predicate: ({queryKey}) => ofThese(changed, queryKey)})
    const missing = new Set(this.eventLists)
    this.eventLists.clear()
    readAgain(this.queries, {queryKey: eventKeys.all, predicate: ({queryHash}) => missing.has(queryHash)})
    if (!this.lists) return
    this.lists = false
    const long = (query: Query) => ((query.state.data as StorePages | undefined)?.pages.length ?? 0) > MOST_PAGES
    readAgain(this.queries, {queryKey: storeKeys.lists, predicate: (query) => !long(query)})
    void this.queries.invalidateQueries({queryKey: storeKeys.lists, predicate: long, refetchType: "none"})
    for (const query of this.queries.getQueryCache().findAll({queryKey: storeKeys.lists, type: "active", predicate: long})) void this.readFirst(query)
  }

  private async readFirst(query: Query): Promise<void> {
    try {
      const read = await listStores(query.queryKey[2] as StoreFilter)
      this.queries.setQueryData<StorePages>(query.queryKey, (list) => list && withFirst(list, read))
      if (query.state.fetchStatus === "idle") return
      // A next page is on its way, and puts back what stood before it.
      this.lists = true
      this.soon()
    } catch {
      this.lists = true // with the next event
    }
  }
}

function ofThese(operations: ReadonlyMap<string, string>, [, kind, of]: QueryKey): boolean {
  if (kind === "one") return operations.has(String(of))
  const {store} = (of ?? {}) as OperationFilter
  return !store?.startsWith("str_") || [...operations.values()].includes(store)
}
