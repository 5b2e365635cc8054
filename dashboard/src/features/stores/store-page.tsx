import {Link, useNavigate, useParams} from "@tanstack/react-router"
import {useEffect, useState} from "react"

import {Button} from "@/components/button"
import {Card} from "@/components/card"
import {Notice, ProblemNotice} from "@/components/notice"
import {Page} from "@/components/page"
import {ProgressBar} from "@/components/progress-bar"
import {CardsSkeleton} from "@/components/skeleton"
import {Tabs} from "@/components/tabs"
import {isProblem} from "@/lib/api/problem"
import {useStore} from "@/lib/stores/read-store"
import type {Store} from "@/lib/stores/store"
import {messages} from "@/messages"

import {ActivityTab} from "./activity-tab"
import {DangerTab} from "./danger-tab"
import {LogsTab} from "./logs-tab"
import {Conditions, OverviewTab} from "./overview-tab"
import {useReceipt} from "./read-receipt"
import {ReceiptView} from "./receipt-view"
import {ResourcesTab} from "./resources-tab"
import {Steps} from "./steps"
import {StoreDialogs, type StoreDialog} from "./store-dialogs"
import {useDraftedDialog} from "./store-draft"
import {StoreHeader} from "./store-header"
import {TABS, useStoreView, type StoreTab} from "./store-view"

const text = messages.stores.store

export function StorePage() {
  const {id} = useParams({from: "/stores/$id"})
  const query = useStore(id)
  const navigate = useNavigate({from: "/stores/$id"})
  const store = query.data
  // A link may name a store by its address; events name it by its id.
  useEffect(() => {
    if (store && store.id !== id) void navigate({to: "/stores/$id", params: {id: store.id}, search: (old) => old, replace: true})
  }, [store, id, navigate])

  if (isProblem(query.error, "store_deleted") || store?.phase === "Deleted") return <DeletedStore id={store?.id ?? id} name={store?.name ?? null} />
  if (isProblem(query.error) && query.error.status === 404) {
    return <Page title={messages.stores.title}><Notice tone="warn" title={text.notFound} action={<Button size="small" asChild><Link to="/stores">{text.back}</Link></Button>} /></Page>
  }
  if (!store) {
    return (
      <Page title={messages.stores.title}>
        {query.error ? <ProblemNotice error={query.error} onRetry={() => { void query.refetch() }} /> : <CardsSkeleton lines={[1, 3]} />}
      </Page>
    )
  }
  // Nothing of a store goes along to another one: an open dialog, a shown login, held lines.
  return <LivingStore key={store.id} store={store} old={query.error !== null} />
}

function LivingStore({store, old}: {store: Store; old: boolean}) {
  const [view, change] = useStoreView()
  const [dialog, setDialog] = useState<StoreDialog | null>(useDraftedDialog(store.id))
  const tab = view.tab ?? "overview"
  return (
    <Page title={store.name} heading={<StoreHeader store={store} onAsk={setDialog} />} full={tab === "logs"}>
      {old && <Notice tone="warn" title={text.old} />}
      {store.phase === "Deleting"
        ? <Deletion store={store} />
        : (
            <Tabs<StoreTab>
              label={text.label}
              tabs={TABS.map((value) => ({value, label: text.tabs[value]}))}
              value={tab}
              onChange={(next) => { change({tab: next === "overview" ? undefined : next}) }}
              className={tab === "logs" ? "flex-1" : ""}
            >
              {tab === "overview" && <OverviewTab store={store} />}
              {tab === "activity" && <ActivityTab id={store.id} name={store.name} />}
              {tab === "logs" && <LogsTab store={store} />}
              {tab === "resources" && <ResourcesTab id={store.id} />}
              {tab === "danger" && <DangerTab store={store} onAsk={setDialog} />}
            </Tabs>
          )}
      <StoreDialogs store={store} open={dialog} onClose={() => { setDialog(null) }} />
    </Page>
  )
}

/** A deletion runs: what is done, and what is gone already. */
function Deletion({store}: {store: Store}) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
      <div className="grid min-w-0 gap-4">
        <Card title={messages.stores.steps.title}>
          <div className="mb-5 grid gap-2">
            <ProgressBar percent={store.progress.percent} label={messages.stores.steps.title} />
            <p className="text-[13px] text-ink-soft">{messages.stores.danger.deleting}</p>
          </div>
          <Steps steps={store.progress.steps} />
        </Card>
        <Conditions conditions={store.conditions} quiet />
      </div>
      <ReceiptView id={store.id} />
    </div>
  )
}

/** Nothing of it is left but the proof. */
function DeletedStore({id, name}: {id: string; name: string | null}) {
  const receipt = useReceipt(id).data
  const shown = name ?? receipt?.store_name ?? id
  return (
    <Page title={shown}>
      <Notice title={text.gone} action={<Button size="small" asChild><Link to="/stores">{text.back}</Link></Button>}>{text.goneHint}</Notice>
      <ReceiptView id={id} />
      <Card title={messages.stores.overview.latest}><ActivityTab id={id} name={shown} /></Card>
    </Page>
  )
}
