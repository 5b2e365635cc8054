import {Card} from "@/components/card"
import {Table} from "@/components/table"
import {count} from "@/lib/format"
import type {Stats} from "@/lib/stats/stats"
import {messages} from "@/messages"

const text = messages.platform

/** Why operations failed, the most frequent reason first. */
export function FailuresCard({failures, titleOf}: Pick<Stats, "failures"> & {titleOf: (engine: string) => string}) {
  return (
    <Card title={text.failures}>
      {failures.length === 0 ? <p className="text-ink-soft">{text.noFailures}</p> : (
        <Table
          label={text.failures}
          className="-mx-4 -mb-2 rounded-none border-0"
          rows={failures.toSorted((a, b) => b.count - a.count)}
          rowKey={(one) => `${one.engine} ${one.reason}`}
          columns={[
            {key: "reason", title: text.failureColumns.reason, cell: ({reason}) => <span className="font-medium [overflow-wrap:anywhere]">{reason}</span>},
            {key: "engine", title: text.failureColumns.engine, cell: ({engine}) => titleOf(engine)},
            {key: "count", title: text.failureColumns.count, cell: (one) => count(one.count), className: "text-right tabular-nums"},
          ]}
        />
      )}
    </Card>
  )
}
