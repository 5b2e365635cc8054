import {BookOpen, FileCode2} from "lucide-react"

import {Button} from "@/components/button"
import {Card} from "@/components/card"
import {Code} from "@/components/code"
import {base} from "@/lib/base"
import {messages} from "@/messages"

const text = messages.settings

/** The two other ways to everything that this dashboard does. */
export function ApiCard() {
  return (
    <Card title={text.api}>
      <div className="grid gap-4">
        <p className="text-ink-soft">{text.apiText}</p>
        <div className="flex flex-wrap gap-2">
          <Button asChild><a href={`${base}/docs`}><BookOpen aria-hidden />{text.docs}</a></Button>
          <Button asChild><a href={`${base}/openapi.yaml`}><FileCode2 aria-hidden />{text.contract}</a></Button>
        </div>
        <div className="grid gap-2">
          <p>{text.commandLine}</p>
          <Code label={text.commandLine} text={`souk login --server ${location.origin}${base} --token-file token`} />
        </div>
      </div>
    </Card>
  )
}
