import {cva, type VariantProps} from "class-variance-authority"
import {LoaderCircle} from "lucide-react"
import {Slot} from "radix-ui"
import type {ComponentProps, MouseEvent} from "react"

import {cn} from "@/lib/cn"

const look = cva(
  "inline-flex items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-colors select-none disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      kind: {
        primary: "bg-accent text-accent-ink hover:brightness-110",
        plain: "border border-line bg-surface text-ink hover:bg-raised",
        quiet: "text-ink-soft hover:bg-raised hover:text-ink",
        danger: "bg-bad text-surface hover:brightness-110",
      },
      size: {small: "h-8 px-2.5 text-[13px]", normal: "h-9 px-3.5 text-sm", icon: "size-9"},
    },
    defaultVariants: {kind: "plain", size: "normal"},
  },
)

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof look> {
  /** Gives its look to the only child, a link for example. */
  asChild?: boolean
  /** Something it started still runs. It stays focusable, so that the keyboard is not lost, and does nothing: it sends no form, either. */
  busy?: boolean
}

const doNothing = (event: MouseEvent) => { event.preventDefault() }

export function Button({className, kind, size, asChild = false, busy = false, children, onClick, ...rest}: ButtonProps) {
  const classes = cn(look({kind, size}), className)
  if (asChild) return <Slot.Root className={classes} {...rest}>{children}</Slot.Root>
  return (
    <button type="button" className={classes} aria-busy={busy || undefined} aria-disabled={busy || undefined} onClick={busy ? doNothing : onClick} {...rest}>
      {busy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  )
}
