import {Check, Copy} from "lucide-react"
import {useEffect, useState} from "react"

import {toast} from "@/lib/toasts"
import {messages} from "@/messages"

import {Button} from "./button"
import {Tooltip} from "./tooltip"

/** Copies `value`, which the page need not show. `label` says of what ("Copy password"). */
export function CopyButton({value, label = messages.common.copy}: {value: string; label?: string}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => { setCopied(false) }, 2000)
    return () => { clearTimeout(timer) }
  }, [copied])
  const copy = () => {
    // On plain HTTP browsers have no clipboard, whatever the types say.
    const {clipboard} = navigator as {clipboard?: Clipboard}
    const refused = () => { toast({tone: "bad", title: messages.common.notCopied}) }
    if (clipboard) clipboard.writeText(value).then(() => { setCopied(true) }, refused)
    else refused()
  }
  return (
    <Tooltip text={copied ? messages.common.copied : label}>
      <Button kind="quiet" size="icon" aria-label={copied ? messages.common.copied : label} onClick={copy} className="size-8">
        {copied ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
      </Button>
    </Tooltip>
  )
}
