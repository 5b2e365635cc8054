import {useCallback, useRef, useState, type ComponentProps, type ComponentType, type ReactNode} from "react"

import {part, type Part} from "@/lib/part"
import {dismissToast, toast} from "@/lib/toasts"
import {messages} from "@/messages"

import type Palette from "./palette"

interface Program {
  default: ComponentType<ComponentProps<typeof Palette>>
}

const text = messages.shell.palette
const palette = part<Program>(() => import("./palette"))

/** The command palette. Its program comes when it is first opened; if it does not, that is told and the page stays. */
export function usePalette(onKeys: () => void, from: Part<Program> = palette): {openPalette: () => void; shownPalette: ReactNode} {
  const [program, setProgram] = useState(from.now)
  const [open, setOpen] = useState(false)
  const told = useRef(0)
  const openPalette = useCallback(() => {
    from.bring().then((brought) => {
      dismissToast(told.current)
      setProgram(brought)
      setOpen(true)
    }, () => {
      dismissToast(told.current)
      told.current = toast({tone: "bad", title: text.missing, text: text.missingHint})
    })
  }, [from])
  return {openPalette, shownPalette: program && <program.default open={open} onOpenChange={setOpen} onKeys={onKeys} />}
}
