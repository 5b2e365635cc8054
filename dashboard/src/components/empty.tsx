import type {LucideIcon} from "lucide-react"
import type {ReactNode} from "react"

export function Empty({icon: Icon, title, hint, action}: {icon: LucideIcon; title: string; hint?: ReactNode; action?: ReactNode}) {
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-3 rounded-2xl border border-dashed border-line p-10 text-center">
      <span className="grid size-12 place-items-center rounded-2xl bg-accent-soft text-accent"><Icon aria-hidden className="size-6" /></span>
      <p className="font-medium">{title}</p>
      {hint && <p className="max-w-md text-ink-soft">{hint}</p>}
      {action}
    </div>
  )
}
