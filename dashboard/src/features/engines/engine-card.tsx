import {Link} from "@tanstack/react-router"
import {Check, Eye, Plus} from "lucide-react"
import type {ReactNode} from "react"

import {Button} from "@/components/button"
import {PhaseBadge} from "@/components/phase-badge"
import type {Engine} from "@/lib/engines/engines"
import {count, duration} from "@/lib/format"
import {PHASES} from "@/lib/phase"
import type {Plan} from "@/lib/plans/plans"
import type {Stats} from "@/lib/stats/stats"
import {messages} from "@/messages"

import {EngineComponents} from "./engine-components"
import {EngineTimes} from "./engine-times"

const text = messages.engines

interface EngineCardProps {
  engine: Engine
  /** Those that this engine can be made with. */
  plans: readonly Plan[]
  /** Null while they are not known; undefined creations: none was made yet. */
  stats: Stats | null
}

/** What an engine holds, how long it takes here, and what it is checked for. */
export function EngineCard({engine, plans, stats}: EngineCardProps) {
  const {name, title, description, version, upgrades_from: from, checks, urls, hints} = engine
  const creation = stats?.creations.find((one) => one.engine === name && one.count > 0)
  const phases = stats?.engines.find((one) => one.engine === name)?.phases ?? {}
  const living = PHASES.filter((phase) => phase !== "Deleted" && (phases[phase] ?? 0) > 0)
  return (
    <article aria-labelledby={`engine-${name}`} className="grid gap-6 rounded-2xl border border-line bg-surface p-5">
      <header className="flex flex-wrap items-start gap-4">
        <span aria-hidden className="grid size-11 shrink-0 place-items-center rounded-xl bg-accent-soft text-lg font-semibold text-accent" style={hints.color ? {boxShadow: `inset 0 0 0 2px ${hints.color}`} : {}}>{title.slice(0, 1)}</span>
        <div className="min-w-0 flex-1 basis-56">
          <h2 id={`engine-${name}`} className="text-base font-semibold"><bdi>{title}</bdi></h2>
          <p className="text-ink-soft">{description}</p>
          <p className="mt-1 text-xs text-ink-soft">{text.version(version)}{from.length > 0 && ` · ${text.upgradesFrom(from.join(", "))}`} · {text.deadline(duration(engine.provisioning_deadline_seconds * 1000))}</p>
        </div>
        <Button kind="primary" asChild><Link to="/create" search={{engine: name}} aria-label={text.createOf(title)}><Plus aria-hidden />{text.create}</Link></Button>
      </header>
      <div className="grid gap-6 md:grid-cols-2">
        <Part title={text.takes}>{creation ? <EngineTimes creation={creation} /> : stats && <p className="text-ink-soft">{text.notMeasured}</p>}</Part>
        <div className="grid content-start gap-6">
          {stats && (
            <Part title={text.stores}>
              {living.length === 0 ? <p className="text-ink-soft">{text.noStores}</p> : (
                <ul role="list" aria-label={text.storesOf(title)} className="flex flex-wrap gap-2">
                  {living.map((phase) => (
                    <li key={phase}>
                      <Link to="/stores" search={{engine: name, phase: [phase]}} className="flex items-center gap-2 rounded-full border border-line py-1 pr-3 pl-1 hover:bg-raised">
                        <PhaseBadge phase={phase} /><span className="font-medium tabular-nums">{count(phases[phase] ?? 0)}</span>
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </Part>
          )}
          <Part title={text.checks}>
            <ul role="list" className="grid gap-1.5">
              {checks.map((check) => (
                <li key={check.name} className="flex items-baseline gap-2">
                  <Check aria-hidden className="size-3.5 shrink-0 translate-y-0.5 text-good" />
                  <span>{check.title}</span>
                  {check.always && <span title={text.alwaysHint} className="inline-flex items-center gap-1 text-xs whitespace-nowrap text-ink-soft"><Eye aria-hidden className="size-3.5" />{text.always}</span>}
                </li>
              ))}
            </ul>
          </Part>
          <Part title={text.addresses}>
            <dl className="grid gap-1">
              {Object.entries(urls).map(([what, path]) => (
                <div key={what} className="flex gap-3"><dt className="w-24 text-ink-soft">{text.paths[what] ?? what}</dt><dd className="font-mono text-xs/5 break-all">{path}</dd></div>
              ))}
            </dl>
          </Part>
        </div>
      </div>
      <Part title={text.components}>
        <p className="-mt-2 text-[13px] text-ink-soft">{text.componentsHint}</p>
        <EngineComponents engine={engine} plans={plans} />
      </Part>
    </article>
  )
}

function Part({title, children}: {title: string; children: ReactNode}) {
  return <div className="grid content-start gap-2.5"><h3 className="font-medium">{title}</h3>{children}</div>
}
