import {useId, type ComponentProps, type ReactNode} from "react"

import {cn} from "@/lib/cn"

export interface FieldProps extends ComponentProps<"input"> {
  label: string
  hint?: ReactNode
  /** One sentence; empty when all is well. */
  error?: string | undefined
  /** Inside the field at its end: a button, a sign. */
  extra?: ReactNode
}

/** A labelled input whose hint and error are read out with it. */
export function Field({label, hint, error, extra, className, ...input}: FieldProps) {
  const id = useId()
  const told = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ")
  return (
    <div className={cn("grid gap-1.5", className)}>
      <label htmlFor={id} className="font-medium">{label}</label>
      <div className="relative grid">
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={told || undefined}
          className={cn("h-10 min-w-0 rounded-lg border border-line-strong bg-surface px-3 placeholder:text-ink-soft aria-invalid:border-bad", extra && "pr-11")}
          {...input}
        />
        {extra && <div className="absolute inset-y-0 right-1 flex items-center">{extra}</div>}
      </div>
      {error && <p id={`${id}-error`} role="alert" className="text-[13px] text-bad">{error}</p>}
      {hint && <p id={`${id}-hint`} className="text-[13px] text-ink-soft">{hint}</p>}
    </div>
  )
}
