import {Card} from "@/components/card"
import {Table} from "@/components/table"
import {bytes, count, quantity} from "@/lib/format"
import type {Plan} from "@/lib/plans/plans"
import {messages} from "@/messages"

const text = messages.engines
const size = (amount: string): string => bytes(quantity(amount))

/** What a store can be given. */
export function PlansCard({plans}: {plans: readonly Plan[]}) {
  return (
    <Card title={text.plans}>
      <p className="-mt-3 mb-3 text-[13px] text-ink-soft">{text.rangeHint}</p>
      <Table
        label={text.plans}
        className="-mx-4 -mb-2 rounded-none border-0"
        rows={plans}
        rowKey={(plan) => plan.name}
        columns={[
          {key: "plan", title: text.planColumns.plan, cell: (plan) => <span className="font-medium">{plan.title}</span>},
          {key: "cpu", title: text.planColumns.cpu, cell: (plan) => text.range(plan.requests_cpu, plan.limits_cpu), className: "tabular-nums"},
          {key: "memory", title: text.planColumns.memory, cell: (plan) => text.range(size(plan.requests_memory), size(plan.limits_memory)), className: "tabular-nums"},
          {key: "storage", title: text.planColumns.storage, cell: (plan) => size(plan.storage), className: "tabular-nums"},
          {key: "pods", title: text.planColumns.pods, cell: (plan) => count(plan.pods), className: "hidden text-right tabular-nums sm:table-cell"},
        ]}
      />
    </Card>
  )
}
