import {useEffect, useRef, useState, type ReactNode} from "react"

import {Button} from "@/components/button"

import {soukdSays, type Answers} from "./soukd"
import type {Step} from "./steps"

export interface OpensProps {
  show: (close: () => void) => ReactNode
  /** What soukd answers meanwhile. */
  answers?: Answers | undefined
  /** What is done then, until the state is there. */
  steps?: readonly Step[] | undefined
}

/** A dialog covers everything, and there is one soukd for all: so it waits for a click. A story that is shown alone gets it at once. */
export function Opens({show, answers = {}, steps = []}: OpensProps) {
  const [shown, setShown] = useState<ReactNode>(null)
  const [plays, setPlays] = useState(false)
  const [wrong, setWrong] = useState<Error | null>(null)
  const here = useRef(false)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
      soukdSays({})
    }
  }, [])

  const play = async () => {
    soukdSays(answers)
    setPlays(true)
    setShown(show(() => { setShown(null) }))
    try {
      for (const step of steps) if (here.current) await step()
    } catch (error) {
      setWrong(error instanceof Error ? error : new Error(String(error)))
    }
    setPlays(false)
  }
  if (wrong) throw wrong
  return <div data-plays={plays || undefined}>{shown ?? <Button data-opens onClick={() => { void play() }}>Open</Button>}</div>
}
