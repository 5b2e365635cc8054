import {Table} from "@/components/table"
import type {Engine} from "@/lib/engines/engines"
import {bytes, cores, quantity} from "@/lib/format"
import type {Plan} from "@/lib/plans/plans"
import {messages} from "@/messages"

const text = messages.engines

/** The parts of a store of this engine, and what each asks the cluster for. */
export function EngineComponents({engine, plans}: {engine: Engine; plans: readonly Plan[]}) {
  return (
    <Table
      label={text.componentsOf(engine.title)}
      className="rounded-xl"
      rows={engine.components}
      rowKey={({name}) => name}
      columns={[
        {key: "name", title: text.component, cell: ({name, role}) => <><bdi className="font-medium">{name}</bdi> <span className="text-xs whitespace-nowrap text-ink-soft">{text.roles[role] ?? role}</span></>},
        ...plans.map((plan) => ({
          key: plan.name,
          title: plan.title,
          cell: ({requests}: Engine["components"][number]) => {
            const asked = requests[plan.name]
            return asked && text.requests(cores(quantity(asked.cpu) * 1000), bytes(quantity(asked.memory)))
          },
          className: "whitespace-nowrap tabular-nums",
        })),
      ]}
    />
  )
}
