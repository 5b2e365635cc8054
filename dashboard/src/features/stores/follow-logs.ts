import {useEffect, useState} from "react"

import {Problem} from "@/lib/api/problem"
import {pathWith} from "@/lib/api/request"
import {base} from "@/lib/base"
import {keepNewest, LineReader, onlyNew, type LogLine} from "@/lib/log-lines"
import {whenSeen} from "@/lib/seen"
import {takeSlot} from "@/lib/slots"
import {storePath} from "@/lib/stores/store"
import {messages} from "@/messages"

import type {LogsWanted} from "./read-logs"

export interface FollowedLogs {
  lines: readonly LogLine[]
  /** `crowded`: other windows of this browser follow; as soon as one of them stops, this one does. */
  state: "connecting" | "following" | "ended" | "failed" | "crowded"
  /** Why it ended or failed, in soukd's words. */
  reason: string
}

const NONE: FollowedLogs = {lines: [], state: "connecting", reason: ""}
/** Containers come and go: after an end it is looked again. */
export const AGAIN_MS = 3000
/** Lines are shown in bundles: a program that writes a thousand a second must not paint a thousand times. */
const BUNDLE_MS = 100
/** After an end the first lines are those that are known already. */
const CATCH_UP_MS = 1000

/** Nothing comes by itself, so lines have to be asked for. What was followed until soukd was away stays instead. */
export const mustAsk = ({state, lines}: FollowedLogs): boolean => state === "crowded" || (state === "failed" && lines.length === 0)

/** Lines as they are written. `wanted` null: nothing is followed. Not in the query cache: a stream has no end to keep. */
export function useFollowedLogs(id: string, wanted: LogsWanted | null): FollowedLogs {
  const [logs, setLogs] = useState(NONE)
  const {pod, container, tail} = wanted ?? {tail: 0}
  const following = wanted !== null

  const [shown, setShown] = useState("")
  const asked = JSON.stringify([id, following, pod, container, tail])
  if (shown !== asked) {
    setShown(asked)
    setLogs(NONE)
  }

  useEffect(() => {
    if (!following) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let all: readonly LogLine[] = []
    let bundle: LogLine[] = []
    const flush = () => {
      timer = undefined
      all = keepNewest([...all, ...bundle])
      bundle = []
      setLogs((old) => ({...old, lines: all}))
    }
    const show = (lines: readonly LogLine[]) => {
      if (lines.length === 0) return
      bundle = [...bundle, ...lines]
      timer ??= setTimeout(flush, BUNDLE_MS)
    }
    const read = async (signal: AbortSignal): Promise<void> => {
      const response = await fetch(base + pathWith(`${storePath(id)}/logs`, {pod, container, follow: true, tail}), {signal, credentials: "same-origin", headers: {Accept: "text/plain"}})
      if (!response.ok || !response.body) throw await Problem.from(response)
      setLogs((old) => ({...old, state: "following", reason: ""}))
      // After an end all is asked for again, so that nothing is lost that was written meanwhile: held until it can be told what is new.
      let held: LogLine[] | null = all.length > 0 ? [] : null
      const release = () => {
        if (held) show(onlyNew([...all, ...bundle], held))
        held = null
      }
      const caughtUp = setTimeout(release, CATCH_UP_MS)
      const reader = new LineReader()
      const decoder = new TextDecoder()
      const stream = response.body.getReader()
      try {
        for (;;) {
          const {done, value} = await stream.read()
          if (done) return
          const {lines, word} = reader.take(decoder.decode(value, {stream: true}))
          if (word !== null) setLogs((old) => ({...old, reason: word}))
          if (held) held.push(...lines)
          else show(lines)
        }
      } finally {
        clearTimeout(caughtUp)
        if (!signal.aborted) release()
      }
    }
    const attempt = async (signal: AbortSignal) => {
      const slot = await takeSlot("logs")
      if (slot) signal.addEventListener("abort", slot) // at once, and not when the reading notices
      try {
        if (signal.aborted) return
        if (slot) await read(signal)
        setLogs((old) => ({...old, state: slot ? "ended" : "crowded"}))
      } catch (error) {
        if (signal.aborted) return
        setLogs((old) => ({...old, state: "failed", reason: error instanceof Problem ? error.message : messages.problems.unreachable}))
      } finally {
        slot?.()
      }
    }
    const keepReading = async (signal: AbortSignal) => {
      while (!signal.aborted) {
        await attempt(signal)
        await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS) })
      }
    }
    let abort = new AbortController()
    void keepReading(abort.signal)
    const unseen = whenSeen((seen) => {
      abort.abort()
      if (!seen) return
      abort = new AbortController()
      void keepReading(abort.signal)
    })
    return () => {
      unseen()
      abort.abort()
      clearTimeout(timer)
    }
  }, [id, following, pod, container, tail])
  return logs
}
