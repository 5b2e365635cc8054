import {messages} from "@/messages"

import {Problem} from "./api/problem"

/** A program of the dashboard did not come: soukd is away, or a newer one that does not have it any more. */
export class ProgramMissing extends Problem {
  constructor(message: string = messages.problems.program) {
    super(0, "program_missing", message)
  }
}

/** What `import()` of a page brings, or else a sentence. Only a new page asks for it again. */
export const program = <Module>(load: () => Promise<Module>) => (): Promise<Module> => load().catch(() => { throw new ProgramMissing() })
