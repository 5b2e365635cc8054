import {Link} from "@tanstack/react-router"
import {ChevronLeft, Ellipsis, ExternalLink as Out, KeyRound, Moon, Pencil, Play, RotateCw, Settings2, Trash2} from "lucide-react"
import {useEffect} from "react"

import {Button} from "@/components/button"
import {ExternalLink} from "@/components/external-link"
import {Menu} from "@/components/menu"
import {Notice, ProblemNotice} from "@/components/notice"
import {PhaseBadge} from "@/components/phase-badge"
import {When} from "@/components/when"
import {isOpen} from "@/lib/phase"
import type {Condition, Store} from "@/lib/stores/store"
import {conditionWord, messages} from "@/messages"

import {useStoreAction} from "./act-on-store"
import type {StoreDialog} from "./store-dialogs"
import {useStoreView} from "./store-view"

const text = messages.stores.store
/** Conditions whose being true is the trouble; of the others it is their being false. */
const TROUBLES = ["Stalled", "NeedsAttention"]

/** While it is made or changed, a shop does not answer, and that is no news. */
const OF_OPEN_STORES = ["Available", "ChecksPassed"]

const isTrouble = ({type, status, message}: Condition, open: boolean): boolean =>
  Boolean(message) && type !== "Waiting" && (open || !OF_OPEN_STORES.includes(type)) && (TROUBLES.includes(type) ? status : !status)

/** What the store is, how it is and why, and what one does with it most. */
export function StoreHeader({store, onAsk}: {store: Store; onAsk: (dialog: StoreDialog) => void}) {
  const act = useStoreAction()
  const {reset} = act
  const [view, change] = useStoreView()
  const {id, name, phase, hosts, urls, engine, engine_version: version, plan, created} = store
  const open = isOpen(phase)
  const unwell = phase === "Failed" || phase === "Deleting" || phase === "Deleted" ? [] : store.conditions.filter((condition) => isTrouble(condition, open))
  // The overview tells it in full.
  const failure = phase === "Failed" && view.tab !== undefined && view.tab !== "overview" ? store.failure : null
  // What failed was about the phase before: it may have been done all the same.
  useEffect(() => { reset() }, [phase, reset])
  const resume = () => { act.mutate({id, action: "resume"}) }
  return (
    <header className="grid gap-3">
      <Link to="/stores" className="-ml-1 flex w-fit items-center gap-1 rounded-md pr-2 text-[13px] text-ink-soft hover:text-ink"><ChevronLeft aria-hidden className="size-4" />{text.back}</Link>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1.5">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words"><bdi>{name}</bdi></h1>
            <PhaseBadge phase={phase} />
          </div>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-[13px] text-ink-soft">
            {open && urls.storefront ? <ExternalLink href={urls.storefront} className="break-all text-ink">{hosts[0]}</ExternalLink> : <span className="break-all">{hosts[0]}</span>}
            <span aria-hidden>·</span><span>{engine} {version}</span>
            <span aria-hidden>·</span><span>{plan}</span>
            <span aria-hidden>·</span><span>{text.created} <When at={created} /></span>
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {open && urls.storefront && <Button kind="primary" asChild><a href={urls.storefront} target="_blank" rel="noopener noreferrer"><Out aria-hidden />{text.storefront}</a></Button>}
          {open && urls.admin && <Button asChild><a href={urls.admin} target="_blank" rel="noopener noreferrer"><Settings2 aria-hidden />{text.admin}</a></Button>}
          {(open || phase === "Suspended") && <Button onClick={() => { onAsk("credentials") }}><KeyRound aria-hidden />{text.credentials}</Button>}
          {phase === "Suspended" && <Button kind="primary" busy={act.isPending} onClick={resume}><Play aria-hidden />{text.resume}</Button>}
          <Menu
            label={text.more}
            items={[
              {label: text.rename, icon: Pencil, onSelect: () => { onAsk("rename") }, disabled: phase === "Deleting"},
              {label: text.restart, icon: RotateCw, onSelect: () => { onAsk("restart") }, disabled: !open},
              phase === "Suspended"
                ? {label: text.resume, icon: Play, onSelect: resume}
                : {label: text.suspend, icon: Moon, onSelect: () => { onAsk("suspend") }, disabled: !open},
              {label: `${text.delete}…`, icon: Trash2, onSelect: () => { onAsk("delete") }, danger: true, apart: true, disabled: phase === "Deleting"},
            ]}
          >
            <Button size="icon" aria-label={text.more}><Ellipsis aria-hidden /></Button>
          </Menu>
        </div>
      </div>
      {act.error && <ProblemNotice error={act.error} />}
      {failure && (
        <Notice tone="bad" title={messages.stores.overview.why} action={<Button size="small" onClick={() => { change({tab: undefined}) }}>{text.tabs.overview}</Button>}><bdi>{failure.message}</bdi></Notice>
      )}
      {phase === "Suspended" && <Notice title={text.suspended} />}
      {unwell.map((condition) => (
        <Notice
          key={condition.type}
          tone="warn"
          title={`${conditionWord(condition.type)}: ${condition.status ? messages.common.yes : messages.common.no}`}
          action={condition.type === "Stalled" && <Button size="small" busy={act.isPending} onClick={() => { act.mutate({id, action: "retry"}) }}>{text.stalled}</Button>}
        >
          <bdi>{condition.message}</bdi>
        </Notice>
      ))}
    </header>
  )
}
