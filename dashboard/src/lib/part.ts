import {messages} from "@/messages"

import {loadAnew} from "./load-anew"
import {ProgramMissing} from "./program"

/** A part of a page whose program comes when it is needed. One that does not come leaves the page as it is. */
export interface Part<Program> {
  /** Undefined: it has not come yet. */
  now: () => Program | undefined
  /** Asks for it, again each time. A browser may remember that it did not come, and a newer soukd has it no more: the second failure in a row loads the page anew. */
  bring: () => Promise<Program>
}

export function part<Program>(load: () => Promise<Program>): Part<Program> {
  let program: Program | undefined
  let failed = false
  const bring = async (): Promise<Program> => {
    try {
      program = await load()
    } catch {
      if (failed) await loadAnew()
      failed = true
      throw new ProgramMissing(messages.problems.part)
    }
    failed = false
    return program
  }
  return {now: () => program, bring}
}
