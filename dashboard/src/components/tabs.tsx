import {Tabs as Radix} from "radix-ui"
import type {ReactNode} from "react"

import {useChosenInView} from "@/lib/chosen-in-view"
import {cn} from "@/lib/cn"

export interface Tab<Value extends string> {
  value: Value
  label: string
  /** Beside the word: a number, an icon. */
  extra?: ReactNode
}

export interface TabsProps<Value extends string> {
  label: string
  tabs: readonly Tab<Value>[]
  /** The chosen tab; it belongs into the address bar. */
  value: Value
  onChange: (value: Value) => void
  /** The panel of the chosen tab. */
  children: ReactNode
  className?: string
}

export function Tabs<Value extends string>({label, tabs, value, onChange, children, className}: TabsProps<Value>) {
  const row = useChosenInView<HTMLDivElement>("[data-state=active]", value)
  return (
    <Radix.Root
      value={value}
      activationMode="manual"
      onValueChange={(chosen) => {
        const tab = tabs.find((t) => t.value === chosen)
        if (tab) onChange(tab.value)
      }}
      className={cn("flex min-h-0 flex-col gap-4", className)}
    >
      <Radix.List ref={row} aria-label={label} className="flex shrink-0 gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-10 shrink-0 items-center gap-2 border-b-2 border-transparent px-3 text-ink-soft hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.label}{tab.extra}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content value={value} className="flex min-h-0 flex-1 flex-col gap-4 outline-offset-4">{children}</Radix.Content>
    </Radix.Root>
  )
}
