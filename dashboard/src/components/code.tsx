import {useId} from "react"

import {cn} from "@/lib/cn"

import {CopyButton} from "./copy-button"

/** Text of a machine: an object, a command. It scrolls inside itself. */
export function Code({label, text, className}: {label: string; text: string; className?: string}) {
  const id = useId()
  return (
    <div className={cn("relative min-w-0 rounded-xl border border-line bg-raised", className)}>
      <span id={id} className="sr-only">{label}</span>
      <div className="absolute top-1 right-1"><CopyButton value={text} /></div>
      {/* A stop for the keyboard, because it scrolls. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-labelledby={id} className="max-h-96 overflow-auto p-3 pr-11 font-mono text-xs/5 whitespace-pre"><bdi>{text}</bdi></pre>
    </div>
  )
}
