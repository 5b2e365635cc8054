import {ChevronDown} from "lucide-react"
import {useId} from "react"

import {cn} from "@/lib/cn"

export interface SelectProps<Value extends string> {
  label: string
  /** The label is beside it already, or the choice explains itself. */
  hideLabel?: boolean
  value: Value
  options: readonly {value: Value; label: string}[]
  onChange: (value: Value) => void
  className?: string
  disabled?: boolean
}

/** The browser's own list: right on every phone and with every screen reader. */
export function Select<Value extends string>({label, hideLabel = false, value, options, onChange, className, disabled = false}: SelectProps<Value>) {
  const id = useId()
  return (
    <div className={cn("grid gap-1.5", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "font-medium"}>{label}</label>
      <span className="relative grid">
        <select
          id={id}
          value={value}
          disabled={disabled}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
          className="h-9 min-w-0 appearance-none truncate rounded-lg border border-line bg-surface pr-8 pl-3 hover:bg-raised disabled:opacity-55"
        >
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </select>
        <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-ink-soft" />
      </span>
    </div>
  )
}
