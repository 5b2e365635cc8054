import {Boxes, ChevronRight} from "lucide-react"
import {useMemo} from "react"

import {Badge} from "@/components/badge"
import {Empty} from "@/components/empty"
import {ProblemNotice} from "@/components/notice"
import {RowsSkeleton} from "@/components/skeleton"
import {When} from "@/components/when"
import {healthLook} from "@/lib/health"
import {healthWord, messages} from "@/messages"

import {useResources, type Resource} from "./list-resources"
import {ResourceDialog} from "./resource-dialog"
import {useStoreView} from "./store-view"

const text = messages.stores.resources

export interface ResourceNode {
  resource: Resource
  children: ResourceNode[]
}

const keyOf = ({kind, name}: {kind: string; name: string}): string => `${kind}/${name}`

/** Those whose parent is not in the list are roots: nothing is ever left out. */
export function toTree(resources: readonly Resource[]): ResourceNode[] {
  const nodes = new Map(resources.map((resource) => [keyOf(resource), {resource, children: []} as ResourceNode]))
  const roots: ResourceNode[] = []
  for (const [key, node] of nodes) {
    const parent = node.resource.parent === key ? undefined : nodes.get(node.resource.parent ?? "")
    if (parent) parent.children.push(node)
    else roots.push(node)
  }
  return roots
}

export function ResourcesTab({id}: {id: string}) {
  const [view, change] = useStoreView()
  const resources = useResources(id)
  const tree = useMemo(() => toTree(resources.data ?? []), [resources.data])
  const chosen = resources.data?.find((resource) => keyOf(resource) === view.object)
  if (resources.error && !resources.data) return <ProblemNotice error={resources.error} onRetry={() => { void resources.refetch() }} />
  if (!resources.data) return <RowsSkeleton rows={6} />
  if (tree.length === 0) return <Empty icon={Boxes} title={text.none} />
  const unwell = resources.data.filter(({health}) => health === "degraded" || health === "missing").length
  const open = (resource: Resource) => { change({object: keyOf(resource)}) }
  return (
    <>
      <p className="text-[13px] text-ink-soft">{text.summary(resources.data.length)}{unwell > 0 && <span className="font-medium text-bad"> · {text.unwell(unwell)}</span>}</p>
      <section aria-label={text.tree} className="rounded-2xl border border-line bg-surface py-2">
        <Branch nodes={tree} onOpen={open} />
      </section>
      {chosen && <ResourceDialog id={id} resource={chosen} onClose={() => { change({object: undefined}) }} />}
    </>
  )
}

function Branch({nodes, onOpen}: {nodes: readonly ResourceNode[]; onOpen: (resource: Resource) => void}) {
  return (
    <ul className="grid [&_ul]:ml-6 [&_ul]:border-l [&_ul]:border-line">
      {nodes.map((node) => (
        <li key={keyOf(node.resource)}>
          <Row resource={node.resource} onOpen={onOpen} />
          {node.children.length > 0 && <Branch nodes={node.children} onOpen={onOpen} />}
        </li>
      ))}
    </ul>
  )
}

function Row({resource, onOpen}: {resource: Resource; onOpen: (resource: Resource) => void}) {
  const {kind, name, health, reason, message, component, created} = resource
  const {tone, icon, moving} = healthLook(health)
  return (
    <button type="button" onClick={() => { onOpen(resource) }} className="group grid w-full grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-4 py-2 text-left hover:bg-raised focus-visible:-outline-offset-2">
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <span className="text-xs text-ink-soft">{kind}</span>
        <span className="min-w-0 font-medium break-all">{name}</span>
        {component && <span className="text-xs text-ink-soft">{component}</span>}
      </span>
      <span className="flex items-center gap-3">
        <span className="hidden text-xs text-ink-soft sm:inline"><When at={created} /></span>
        <Badge tone={tone} icon={icon} moving={moving}>{healthWord(health)}</Badge>
        <ChevronRight aria-hidden className="size-4 text-ink-soft opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100" />
      </span>
      {(reason || message) && health !== "healthy" && <span className="col-span-2 text-[13px] break-words text-ink-soft"><span className="font-medium">{reason}</span> <bdi>{message}</bdi></span>}
    </button>
  )
}
