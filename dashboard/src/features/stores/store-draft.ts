import {useQueryClient, type QueryClient} from "@tanstack/react-query"
import {useEffect, useRef, useState} from "react"

import {sessionKey, type Session} from "@/lib/session/session"

/** Dialogs of a store in which words are written. A typed proof, as of a deletion, is asked for anew. */
type Written = "credentials" | "rename"

/** What the end of a session took away: of one dialog, since only one is open. In the memory of this tab, and for the same person only. */
let left: {user: string; store: string; dialog: Written; words: string} | null = null

const userIn = (queries: QueryClient): string | undefined => queries.getQueryData<Session | null>(sessionKey)?.user

const leftBy = (user: string | undefined, store: string) => (left && left.user === user && left.store === store ? left : null)

/** The dialog in which somebody was writing, to begin with it. */
export function useDraftedDialog(store: string): Written | null {
  const queries = useQueryClient()
  const [dialog] = useState(() => leftBy(userIn(queries), store)?.dialog ?? null)
  useEffect(() => { if (left?.user !== userIn(queries)) left = null }, [queries])
  return dialog
}

/** The words of a dialog. If the session ends, the page and its dialog go, and the words wait for the next log-in. */
export function useDraft(store: string, dialog: Written, first: string): [words: string, write: (words: string) => void] {
  const queries = useQueryClient()
  const [user] = useState(() => userIn(queries))
  const [words, write] = useState(() => {
    const draft = leftBy(user, store)
    return draft?.dialog === dialog ? draft.words : first
  })
  const latest = useRef(words)
  useEffect(() => { latest.current = words }, [words])
  useEffect(() => {
    left = null
    return () => {
      if (user !== undefined && queries.getQueryData(sessionKey) === null) left = {user, store, dialog, words: latest.current}
    }
  }, [queries, user, store, dialog])
  return [words, write]
}
