import {Moon, Play, Plus, RefreshCw, RotateCcw, Trash2, Workflow, type LucideIcon} from "lucide-react"

const KINDS: Record<string, LucideIcon> = {
  "store.create": Plus,
  "store.retry": RotateCcw,
  "store.suspend": Moon,
  "store.resume": Play,
  "store.restart": RefreshCw,
  "store.delete": Trash2,
}

/** The list is open: a kind of a newer soukd gets a neutral look. */
export const kindLook = (kind: string): {icon: LucideIcon} => ({icon: KINDS[kind] ?? Workflow})
