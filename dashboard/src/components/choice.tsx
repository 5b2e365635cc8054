import type {ReactNode} from "react"

import {cn} from "@/lib/cn"

export interface ChoiceProps<Value extends string> {
  label: string
  name: string
  value: Value
  onChange: (value: Value) => void
  options: readonly {value: Value; title: string; beside?: ReactNode; body: ReactNode}[]
  className?: string
}

/** One of a few, each with room to say what it is: cards that are radio buttons. */
export function Choice<Value extends string>({label, name, value, onChange, options, className}: ChoiceProps<Value>) {
  return (
    <div role="radiogroup" aria-label={label} className={cn("grid gap-3", className)}>
      {options.map((option) => (
        <label
          key={option.value}
          className="grid cursor-pointer content-start gap-2 rounded-xl border border-line p-4 transition-colors hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
        >
          <span className="flex items-center gap-2.5">
            <input type="radio" name={name} checked={option.value === value} onChange={() => { onChange(option.value) }} className="size-4 shrink-0 accent-(--accent) outline-none" />
            <span className="font-medium">{option.title}</span>
            {option.beside && <span className="ml-auto text-xs text-ink-soft">{option.beside}</span>}
          </span>
          <span className="grid gap-2 text-[13px] text-ink-soft">{option.body}</span>
        </label>
      ))}
    </div>
  )
}
