import {Tooltip as Radix} from "radix-ui"
import type {ReactNode} from "react"

/** Once around the app: how long a pointer must rest. */
export const TooltipProvider = ({children}: {children: ReactNode}) => <Radix.Provider delayDuration={350} skipDelayDuration={150}>{children}</Radix.Provider>

/** Says more about what is under the pointer or has the focus. Never the only place of something that people need: a phone has no pointer. */
export function Tooltip({text, side = "top", children}: {text: ReactNode; side?: "top" | "right" | "bottom" | "left"; children: ReactNode}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content side={side} sideOffset={6} collisionPadding={8} className="z-50 max-w-72 rounded-lg bg-ink px-2.5 py-1.5 text-xs break-words text-page shadow-md data-[state=delayed-open]:animate-appear">
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
