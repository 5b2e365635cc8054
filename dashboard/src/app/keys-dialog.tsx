import {Fragment} from "react"

import {Button} from "@/components/button"
import {Dialog} from "@/components/dialog"
import {setPreference, usePreferences} from "@/lib/preferences"
import {messages} from "@/messages"

import {PLACES} from "./places"

const text = messages.shell.keys
const MOD = /mac|iphone|ipad/i.test(navigator.userAgent) ? text.command : text.control

const LINES: readonly (readonly [keys: readonly string[], does: string])[] = [
  [[MOD, "K"], text.palette],
  [["/"], text.search],
  [["a"], text.actions],
  [["c"], text.create],
  ...PLACES.map(({key, label}) => [["g", key], text.go(label)] as const),
  [["?"], text.help],
  [[text.escape], text.close],
]

export function KeysDialog({open, onOpenChange}: {open: boolean; onOpenChange: (open: boolean) => void}) {
  const {keys} = usePreferences()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text.title}
      footer={<Button size="small" aria-pressed={keys === "on"} onClick={() => { setPreference("keys", keys === "on" ? "off" : "on") }}>{text.single}: {keys === "on" ? text.on : text.off}</Button>}
    >
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-y-2.5">
        {LINES.map(([pressed, does]) => (
          <Fragment key={does}>
            <dt>{does}</dt>
            <dd className="flex items-center justify-end gap-1">
              {pressed.map((key, index) => (
                <Fragment key={key}>
                  {index > 0 && pressed[0] === "g" && <span className="text-xs text-ink-soft">{text.then}</span>}
                  <kbd className="grid h-6 min-w-6 place-items-center rounded-md border border-line bg-raised px-1.5 font-sans text-xs">{key}</kbd>
                </Fragment>
              ))}
            </dd>
          </Fragment>
        ))}
      </dl>
    </Dialog>
  )
}
