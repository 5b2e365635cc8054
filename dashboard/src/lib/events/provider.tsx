import {useQueryClient} from "@tanstack/react-query"
import {createContext, useContext, useEffect, useRef, useState, type ReactNode} from "react"

import {whenSeen} from "@/lib/seen"

import {applyEvent, Refresher} from "./apply"
import type {StoreEvent} from "./event"
import {EventStream, type Channel} from "./stream"

export const ChannelContext = createContext<Channel>("connecting")
/** How changes reach this tab now. */
export const useChannel = (): Channel => useContext(ChannelContext)

const ListenersContext = createContext<Set<(event: StoreEvent) => void> | null>(null)

/** Calls `listen` with every event while the component is shown. */
export function useEvents(listen: (event: StoreEvent) => void): void {
  const listeners = useContext(ListenersContext)
  const latest = useRef(listen)
  useEffect(() => { latest.current = listen })
  useEffect(() => {
    if (!listeners) return undefined
    const call = (event: StoreEvent) => { latest.current(event) }
    listeners.add(call)
    return () => { listeners.delete(call) }
  }, [listeners])
}

/** How long a page waits for the stream before it shows itself without. */
const PATIENCE_MS = 1500

export interface EventProviderProps {
  children: ReactNode
  /** Shown until the stream has begun. */
  waiting: ReactNode
  /** Milliseconds between two questions where nothing better works. */
  pollEvery: number
  onSignedOut: () => void
}

/**
 * The one event stream of a tab. Its events change the query cache; that is all that makes pages live. Pages come after the stream's
 * beginning, so that nothing can happen unseen between what they read and its first event.
 */
export function EventProvider({children, waiting, pollEvery, onSignedOut}: EventProviderProps) {
  const queries = useQueryClient()
  const [channel, setChannel] = useState<Channel>("connecting")
  const [begun, setBegun] = useState(false)
  const [listeners] = useState(() => new Set<(event: StoreEvent) => void>())
  const signedOut = useRef(onSignedOut)
  // Settings come after the stream has begun. One that began anew for them would forget its place, and what happened in between.
  const pause = useRef(pollEvery)
  useEffect(() => {
    signedOut.current = onSignedOut
    pause.current = pollEvery
  })

  useEffect(() => {
    const refresher = new Refresher(queries)
    let late = false
    const patience = setTimeout(() => {
      late = true
      setBegun(true)
    }, PATIENCE_MS)
    const stream = new EventStream({
      pollEvery: () => pause.current,
      onEvent: (event) => {
        applyEvent(queries, event)
        for (const listen of listeners) listen(event)
        refresher.take(event)
      },
      onResync: () => { void queries.invalidateQueries() },
      onObjects: (stores) => { refresher.takeHint(stores) },
      onChannel: (now) => {
        setChannel(now)
        if (now === "connecting") return
        clearTimeout(patience)
        setBegun(true)
        // What pages read before the stream began, or could not read while soukd was away, is read again.
        if (late) void queries.invalidateQueries()
        else {
          // Hints are not kept for who was away; where none come, each look of the poll stands for one.
          refresher.readObjects()
          void queries.invalidateQueries({predicate: ({state}) => state.status === "error" || state.fetchFailureCount > 0})
        }
        late = false
      },
      onSignedOut: () => { signedOut.current() },
    })
    // After sleep or without network a timer's pause may be long over, or never have begun.
    const wake = () => { if (document.visibilityState === "visible") stream.retryNow() }
    window.addEventListener("online", wake)
    document.addEventListener("visibilitychange", wake)
    const unseen = whenSeen((seen) => { if (!seen) stream.pause() }) // `wake` resumes
    return () => {
      clearTimeout(patience)
      unseen()
      refresher.close()
      stream.close()
      window.removeEventListener("online", wake)
      document.removeEventListener("visibilitychange", wake)
    }
  }, [queries, listeners])

  return (
    <ListenersContext value={listeners}>
      <ChannelContext value={channel}>{begun ? children : waiting}</ChannelContext>
    </ListenersContext>
  )
}
