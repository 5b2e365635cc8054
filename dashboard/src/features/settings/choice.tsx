import {useId} from "react"

export interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  options: readonly {value: Value; label: string}[]
  onChange: (value: Value) => void
}

/** One of a few, all of them in view. */
export function Choice<Value extends string>({label, value, options, onChange}: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <legend className="float-left font-medium">{label}</legend>
      <div className="flex flex-wrap gap-1 rounded-xl bg-raised p-1">
        {options.map((option) => (
          <label key={option.value} className="cursor-pointer rounded-lg px-3 py-1.5 text-ink-soft hover:text-ink has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent">
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => { onChange(option.value) }} className="sr-only" />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
