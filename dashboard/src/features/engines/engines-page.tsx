import {Boxes} from "lucide-react"

import {Empty} from "@/components/empty"
import {ProblemNotice} from "@/components/notice"
import {Page} from "@/components/page"
import {CardsSkeleton} from "@/components/skeleton"
import {useEngines} from "@/lib/engines/engines"
import {usePlans} from "@/lib/plans/plans"
import {useStats} from "@/lib/stats/stats"
import {messages} from "@/messages"

import {EngineCard} from "./engine-card"
import {PlansCard} from "./plans-card"

const text = messages.engines

export function EnginesPage() {
  const engines = useEngines()
  const plans = usePlans()
  const stats = useStats()
  const again = () => { for (const query of [engines, plans, stats]) if (query.error) void query.refetch() }
  const error = engines.error ?? plans.error ?? stats.error
  return (
    <Page title={text.title}>
      <p className="-mt-2 text-ink-soft">{text.lead}</p>
      {error && <ProblemNotice error={error} onRetry={again} />}
      {engines.isPending && <CardsSkeleton lines={[6, 6]} />}
      {engines.data?.length === 0 && <Empty icon={Boxes} title={text.empty} hint={text.emptyHint} />}
      {engines.data?.map((engine) => (
        <EngineCard key={engine.name} engine={engine} plans={plans.data?.filter(({name}) => engine.plans.includes(name)) ?? []} stats={stats.data ?? null} />
      ))}
      {plans.data && plans.data.length > 0 && <PlansCard plans={plans.data} />}
    </Page>
  )
}
