import {useNavigate} from "@tanstack/react-router"
import {Boxes, CircleCheck, Clock, LoaderCircle, MapPin} from "lucide-react"
import {useEffect, useRef, useState, type FormEvent} from "react"

import {Button} from "@/components/button"
import {Card} from "@/components/card"
import {Choice} from "@/components/choice"
import {Empty} from "@/components/empty"
import {Field} from "@/components/field"
import {KeyValues} from "@/components/key-values"
import {Notice, ProblemNotice} from "@/components/notice"
import {Page} from "@/components/page"
import {CardsSkeleton} from "@/components/skeleton"
import {isProblem, Problem} from "@/lib/api/problem"
import {useEngines, type Engine} from "@/lib/engines/engines"
import {roughly} from "@/lib/estimate"
import {bytes, count, duration, quantity} from "@/lib/format"
import {usePlans, type Plan} from "@/lib/plans/plans"
import {randomKey} from "@/lib/random-key"
import {useStats} from "@/lib/stats/stats"
import {messages} from "@/messages"

import {useCreateStore, type NewStore} from "./create-store"
import {useCreateForm} from "./create-view"
import {useValidation, type Validation} from "./validate-store"

const text = messages.stores.create
const PAUSE_MS = 300

/** What is asked of soukd is what was typed a moment ago: not each letter. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => { setSettled(value) }, PAUSE_MS)
    return () => { clearTimeout(timer) }
  }, [value])
  return settled
}

export function CreatePage() {
  const engines = useEngines()
  const plans = usePlans()
  const creations = useStats().data?.creations ?? []
  const create = useCreateStore()
  const navigate = useNavigate()
  const {form: {name, engine: chosenEngine, plan: chosenPlan}, change, keep} = useCreateForm()
  // One for as long as the form is the same, so that a second click makes no second store.
  const key = useRef({of: "", key: ""})

  const engine = engines.data?.find((e) => e.name === chosenEngine) ?? engines.data?.[0]
  const offered = plans.data?.filter((p) => engine?.plans.includes(p.name)) ?? []
  const plan = offered.find((p) => p.name === chosenPlan) ?? offered[0]
  const wanted: NewStore | null = name.trim() && engine && plan ? {name: name.trim(), engine: engine.name, plan: plan.name} : null
  const typed = JSON.stringify(wanted)
  const settled = useSettled(typed)
  const validation = useValidation(JSON.parse(settled) as NewStore | null)
  // An answer is told with its own question only: the address of another name would be a wrong one.
  const checking = settled !== typed || (wanted !== null && validation.isPending)
  const made = wanted && !checking && !validation.error ? validation.data ?? null : null

  const refusal = [create.error, checking ? null : validation.error].find((error) => error instanceof Problem) ?? null
  const nameError = refusal && (refusal.fields.name ?? (refusal.code === "name_taken" ? refusal.message : undefined))
  // A soukd that cannot validate yet still creates.
  const otherError = refusal && !nameError && !(refusal === validation.error && refusal.status === 404) ? refusal : null
  const median = (of: Engine) => creations.find((c) => c.engine === of.name)?.median_seconds ?? null

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!wanted) return
    // Its answer may be that the session has ended.
    keep()
    if (key.current.of !== typed) key.current = {of: typed, key: randomKey()}
    create.mutate({...wanted, key: key.current.key}, {
      onSuccess: ({store}) => { void navigate({to: "/stores/$id", params: {id: store.id}}) },
      // A refusal is remembered under its key; the next try is another one.
      onError: (error) => { if (!isProblem(error) || !error.passing) key.current = {of: "", key: ""} },
    })
  }
  if (engines.error) return <Page title={text.title}><ProblemNotice error={engines.error} onRetry={() => { void engines.refetch() }} /></Page>
  if (!engines.data) return <Page title={text.title}><CardsSkeleton lines={[3, 3]} /></Page>
  if (!engine) return <Page title={text.title}><Empty icon={Boxes} title={messages.common.none} hint={text.noEngines} /></Page>
  return (
    <Page title={text.title}>
      <form onSubmit={submit} className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 gap-4">
          <Card title={text.engine}>
            <Choice
              label={text.engine}
              name="engine"
              value={engine.name}
              onChange={(chosen) => { change({engine: chosen}) }}
              className="sm:grid-cols-2"
              options={engines.data.map((e) => ({value: e.name, title: e.title, beside: e.version, body: <EngineText engine={e} median={median(e)} />}))}
            />
          </Card>
          <Card title={text.name}>
            <Field
              label={text.nameLabel}
              hint={text.nameHint}
              error={nameError ?? undefined}
              value={name}
              required
              autoComplete="off"
              dir="auto"
              onChange={(event) => {
                change({name: event.target.value})
                create.reset()
              }}
            />
            <p role="status" className="mt-3 flex min-h-6 items-center gap-2 text-[13px]">
              {wanted && checking && <><LoaderCircle aria-hidden className="size-4 animate-spin text-ink-soft" /><span className="text-ink-soft">{text.checking}</span></>}
              {made && <><CircleCheck aria-hidden className="size-4 shrink-0 text-good" /><span>{text.free}</span> <span className="min-w-0 font-medium break-all">{made.hosts[0]}</span></>}
            </p>
          </Card>
          <Card title={text.plan}>
            {plans.error && <ProblemNotice error={plans.error} onRetry={() => { void plans.refetch() }} />}
            <Choice
              label={text.plan}
              name="plan"
              value={plan?.name ?? ""}
              onChange={(chosen) => { change({plan: chosen}) }}
              className="sm:grid-cols-3"
              options={offered.map((p) => ({value: p.name, title: p.title, body: <PlanText plan={p} />}))}
            />
          </Card>
        </div>
        <Card title={text.summary} className="lg:sticky lg:top-4">
          <Summary engine={engine} median={median(engine)} made={made} checking={wanted !== null && checking} plan={plan} />
          {otherError && <div className="mt-4"><ProblemNotice error={otherError} /></div>}
          <Button type="submit" kind="primary" busy={create.isPending} disabled={!wanted} className="mt-5 h-10 w-full">{text.submit}</Button>
        </Card>
      </form>
    </Page>
  )
}

function EngineText({engine, median}: {engine: Engine; median: number | null}) {
  return (
    <>
      <span>{engine.description}</span>
      {engine.components.length > 0 && (
        <span className="text-xs"><span className="font-medium text-ink">{text.inside}</span> {engine.components.map(({name, role}) => text.part(name, messages.engines.roles[role] ?? role)).join(", ")}</span>
      )}
      {engine.checks.length > 0 && (
        <span className="grid gap-1 text-xs">
          <span className="font-medium text-ink">{text.checks}</span>
          {engine.checks.slice(0, 5).map((check) => <span key={check.name} className="flex gap-1.5"><CircleCheck aria-hidden className="mt-0.5 size-3 shrink-0 text-good" />{check.title}</span>)}
        </span>
      )}
      <span className="flex items-center gap-1.5 text-xs"><Clock aria-hidden className="size-3.5" />{median === null ? text.noMedian : text.median(duration(roughly(median) * 1000))}</span>
    </>
  )
}

function PlanText({plan}: {plan: Plan}) {
  return (
    <>
      <span>{text.cpu(count(quantity(plan.limits_cpu)))}</span>
      <span>{text.memory(bytes(quantity(plan.limits_memory)))}</span>
      <span>{text.storage(bytes(quantity(plan.storage)))}</span>
    </>
  )
}

interface SummaryProps {
  engine: Engine
  median: number | null
  made: Validation | null
  checking: boolean
  plan: Plan | undefined
}

export function Summary({engine, median, made, checking, plan}: SummaryProps) {
  return (
    <div className="grid gap-4">
      {!made && <p className="text-ink-soft">{checking ? text.checking : text.summaryHint}</p>}
      {made && <p className="flex gap-2 font-medium break-all"><MapPin aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />{made.urls.storefront ?? made.hosts[0]}</p>}
      <KeyValues
        items={[
          [text.engine, `${engine.title} ${made?.engine_version ?? engine.version}`],
          ...(plan ? [[text.plan, plan.title] as const] : []),
          [text.takes, median === null ? text.atMost(duration(engine.provisioning_deadline_seconds * 1000)) : text.about(duration(roughly(median) * 1000))],
        ]}
        className="grid-cols-[minmax(5rem,auto)_minmax(0,1fr)] gap-x-4"
      />
      {made && made.makes.length > 0 && (
        <details className="group rounded-xl border border-line">
          <summary className="cursor-pointer rounded-xl p-3 text-[13px] font-medium">{text.makes(made.makes.length)}</summary>
          <ul className="grid max-h-64 gap-2.5 overflow-y-auto px-3 pb-3 text-[13px]">
            {made.makes.map(({kind, name, purpose}) => (
              <li key={`${kind}/${name}/${purpose}`}>
                <span className="font-medium">{kind}</span> <span className="font-mono text-xs break-all text-ink-soft">{name}</span>
                <span className="block text-ink-soft">{purpose}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {made?.waits && <Notice title={text.waits} />}
    </div>
  )
}
