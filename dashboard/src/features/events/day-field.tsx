/** A day in the browser's own calendar. */
export function DayField({label, value, min, max, onChange}: {label: string; value: string | undefined; min?: string | undefined; max?: string | undefined; onChange: (day: string | undefined) => void}) {
  return (
    <label className="flex h-9 min-w-0 flex-1 items-center gap-2 rounded-lg border border-line bg-surface px-3 hover:bg-raised has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent sm:flex-none">
      <span className="text-ink-soft">{label}</span>
      <input type="date" value={value ?? ""} min={min} max={max} onChange={(event) => { onChange(event.target.value || undefined) }} className="w-full min-w-0 bg-transparent outline-none" />
    </label>
  )
}
