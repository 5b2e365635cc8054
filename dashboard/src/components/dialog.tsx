import {X} from "lucide-react"
import {Dialog as Radix} from "radix-ui"
import {useRef, type ReactNode} from "react"

import {cn} from "@/lib/cn"
import {goBack, wayBack, type WayBack} from "@/lib/way-back"
import {messages} from "@/messages"

import {Button} from "./button"

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Buttons at the end: the way back first, what it is about last. */
  footer?: ReactNode
  className?: string
}

export function Dialog({open, onOpenChange, title, description, children, footer, className}: DialogProps) {
  const way = useRef<WayBack | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45 data-[state=open]:animate-appear" />
        <Radix.Content
          onOpenAutoFocus={() => { way.current = wayBack(document.activeElement) }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            goBack(way.current)
          }}
          {...(description ? {} : {"aria-describedby": undefined})}
          className={cn("fixed inset-x-3 bottom-3 z-50 mx-auto flex max-h-[calc(100dvh-1.5rem)] max-w-lg flex-col gap-4 rounded-2xl border border-line bg-surface p-5 shadow-xl outline-none data-[state=open]:animate-rise sm:top-1/2 sm:bottom-auto sm:-translate-y-1/2", className)}
        >
          <header className="grid gap-1.5 pr-8">
            <Radix.Title className="text-base font-semibold"><bdi>{title}</bdi></Radix.Title>
            {description && <Radix.Description asChild><div className="break-words text-ink-soft">{description}</div></Radix.Description>}
          </header>
          <div className="-m-1 min-h-0 overflow-y-auto p-1">{children}</div>
          {footer && <footer className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{footer}</footer>}
          <Radix.Close asChild>
            <Button kind="quiet" size="icon" aria-label={messages.common.close} className="absolute top-3 right-3"><X aria-hidden /></Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
