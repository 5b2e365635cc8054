import type {LucideIcon} from "lucide-react"
import {DropdownMenu} from "radix-ui"
import {useRef, type ReactNode} from "react"

import {cn} from "@/lib/cn"

export interface MenuItem {
  label: string
  icon?: LucideIcon
  onSelect: () => void
  danger?: boolean
  disabled?: boolean
  /** A line above it. */
  apart?: boolean
}

/** What a button opens: a few things to do. `children` is the button. */
export function Menu({label, items, align = "end", children}: {label: string; items: readonly MenuItem[]; align?: "start" | "end"; children: ReactNode}) {
  const chosen = useRef<(() => void) | null>(null)
  // After the menu has given the keyboard back to its button: a dialog that opens then gives it back there, too.
  const act = () => {
    const action = chosen.current
    chosen.current = null
    if (action) setTimeout(action, 0)
  }
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content onCloseAutoFocus={act} align={align} sideOffset={6} collisionPadding={8} aria-label={label} className="z-50 grid min-w-44 gap-0.5 rounded-xl border border-line bg-surface p-1.5 shadow-lg data-[state=open]:animate-appear">
          {items.map(({label: word, icon: Icon, onSelect, danger, disabled, apart}) => (
            <DropdownMenu.Item
              key={word}
              disabled={disabled ?? false}
              onSelect={() => { chosen.current = onSelect }}
              className={cn("flex cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-2 outline-none select-none data-[disabled]:cursor-default data-[disabled]:opacity-50 data-[highlighted]:bg-raised", danger && "text-bad", apart && "mt-2 before:absolute before:inset-x-0 before:-mt-3 before:border-t before:border-line")}
            >
              {Icon && <Icon aria-hidden className="size-4 shrink-0" />}{word}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
