import type {ReactNode} from "react"

/** All states of one component; a module that lists them is `<component>.stories.tsx`. */
export interface Stories {
  title: string
  states: Readonly<Record<string, () => ReactNode>>
}
