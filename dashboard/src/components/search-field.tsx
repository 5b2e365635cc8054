import {Search} from "lucide-react"

import {cn} from "@/lib/cn"
import {searchWords} from "@/lib/search-words"
import {useTyped} from "@/lib/typed"

export interface SearchFieldProps {
  label: string
  /** What the address bar says. */
  value: string
  /** Called after a pause in typing. */
  onSearch: (words: string) => void
  className?: string
}

/** The search of a page; the key `/` leads here. */
export function SearchField({label, value, onSearch, className}: SearchFieldProps) {
  const [words, type] = useTyped(value, onSearch)
  return (
    <label className={cn("relative min-w-0", className)}>
      <span className="sr-only">{label}</span>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-soft" />
      <input type="search" data-key="/" placeholder={label} value={words} onChange={(event) => { type(searchWords(event.target.value)) }} className="h-9 w-full rounded-lg border border-line bg-surface pr-3 pl-9 placeholder:text-ink-soft hover:border-line-strong" />
    </label>
  )
}
