import {CircleCheck, Download, LoaderCircle} from "lucide-react"

import {Button} from "@/components/button"
import {Card} from "@/components/card"
import {KeyValues} from "@/components/key-values"
import {ProblemNotice} from "@/components/notice"
import {CardSkeleton} from "@/components/skeleton"
import {isProblem} from "@/lib/api/problem"
import {download} from "@/lib/download"
import {clock, count, duration, exact} from "@/lib/format"
import {messages} from "@/messages"

import {useReceipt} from "./read-receipt"

const text = messages.stores.receipt

/** The proof of a deletion, as it grows and when it is complete. */
export function ReceiptView({id}: {id: string}) {
  const query = useReceipt(id)
  // A deletion that has only just begun has none yet.
  if (query.error && !query.data) return isProblem(query.error, "no_receipt") ? <CardSkeleton /> : <ProblemNotice error={query.error} onRetry={() => { void query.refetch() }} />
  if (!query.data) return <CardSkeleton />
  const receipt = query.data
  const {store_name: name, slug, engine, requested_by: by, requested, completed, lines} = receipt
  const gone = lines.filter((line) => line.gone !== null).length
  return (
    <Card
      title={completed ? text.title : text.running}
      actions={completed && <Button size="small" onClick={() => { download(`receipt-${slug}.json`, `${JSON.stringify(receipt, null, 2)}\n`, "application/json") }}><Download aria-hidden />{text.download}</Button>}
    >
      <div className="grid gap-5">
        <KeyValues
          items={[
            [text.store, <bdi key="name">{name}</bdi>],
            [text.engine, engine],
            [text.by, by],
            [text.requested, exact(requested)],
            ...(completed ? [[text.completed, `${exact(completed)}, ${text.took(duration(completed.getTime() - requested.getTime()))}`] as const] : []),
          ]}
        />
        {lines.length > 0 && (
          <div className="overflow-x-auto">
            <table className="w-full text-left text-[13px]">
              <caption className="pb-2 text-left text-ink-soft">{text.count(count(gone), count(lines.length))}</caption>
              <thead><tr className="border-b border-line text-xs text-ink-soft"><th scope="col" className="h-8 pr-4 font-medium">{text.kind}</th><th scope="col" className="pr-4 font-medium">{text.name}</th><th scope="col" className="font-medium">{text.gone}</th></tr></thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={`${line.kind}/${line.namespace}/${line.name}`} className="border-b border-line last:border-0">
                    <td className="py-1.5 pr-4">{line.kind}</td>
                    <td className="py-1.5 pr-4 font-mono text-xs break-all">{line.name}</td>
                    <td className="py-1.5 whitespace-nowrap">{line.gone
                      ? <span className="flex items-center gap-1.5 tabular-nums" title={exact(line.gone)}><CircleCheck aria-hidden className="size-3.5 text-good" />{clock(line.gone)}</span>
                      : <span className="flex items-center gap-1.5 text-ink-soft"><LoaderCircle aria-hidden className="size-3.5 animate-spin" />{text.notYet}</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </Card>
  )
}
