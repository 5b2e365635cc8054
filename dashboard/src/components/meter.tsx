import {cn} from "@/lib/cn"
import {percent} from "@/lib/format"

/** A part of a whole: used of what is promised. From 90 % on it warns, by colour and by its word. */
export function Meter({label, value, max, text}: {label: string; value: number; max: number; text: string}) {
  const share = max > 0 ? Math.min(1, value / max) : 0
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-ink-soft">{label}</span>
        <span className="tabular-nums">{text} <span className={cn("ml-1 text-xs text-ink-soft", share >= 0.9 && "font-medium text-warn")}>{percent(share)}</span></span>
      </div>
      <div role="meter" aria-label={label} aria-valuenow={Math.round(share * 100)} aria-valuemin={0} aria-valuemax={100} aria-valuetext={text} className="h-1.5 overflow-hidden rounded-full bg-raised">
        <div className={cn("h-full w-full origin-left rounded-full", share >= 0.9 ? "bg-warn" : "bg-accent")} style={{transform: `scaleX(${share})`}} />
      </div>
    </div>
  )
}
