import {Badge} from "@/components/badge"
import {Code} from "@/components/code"
import {Dialog} from "@/components/dialog"
import {ProblemNotice} from "@/components/notice"
import {Bone, Loading} from "@/components/skeleton"
import {When} from "@/components/when"
import {cn} from "@/lib/cn"
import {count} from "@/lib/format"
import {healthLook} from "@/lib/health"
import {toYaml} from "@/lib/yaml"
import {healthWord, messages} from "@/messages"

import type {Resource} from "./list-resources"
import {useResource} from "./read-resource"

const text = messages.stores.resources

/** One object of the cluster and what the cluster said about it. */
export function ResourceDialog({id, resource: {kind, name, health, reason, message}, onClose}: {id: string; resource: Resource; onClose: () => void}) {
  const detail = useResource(id, kind, name)
  const {tone, icon, moving} = healthLook(health)
  return (
    <Dialog open onOpenChange={onClose} title={text.open(kind, name)} className="sm:max-w-3xl" description={<span className="flex flex-wrap items-center gap-2"><Badge tone={tone} icon={icon} moving={moving}>{healthWord(health)}</Badge><span>{reason}</span><bdi>{message}</bdi></span>}>
      <div className="grid gap-5">
        {detail.error && !detail.data && <ProblemNotice error={detail.error} onRetry={() => { void detail.refetch() }} />}
        {detail.isPending && <Loading><Bone className="w-1/2" /><Bone className="w-3/4" /><Bone className="w-2/3" /></Loading>}
        {detail.data && (
          <>
            <section className="grid gap-2">
              <h3 className="text-[13px] font-medium text-ink-soft">{text.events}</h3>
              {detail.data.events.length === 0 && <p className="text-ink-soft">{text.noEvents}</p>}
              <ul className="grid gap-2">
                {detail.data.events.map((event) => (
                  <li key={`${event.reason}/${event.first.getTime()}/${event.message}`} className="grid gap-0.5">
                    <p className="flex flex-wrap items-baseline gap-x-2"><span className={cn("font-medium", event.type === "Warning" && "text-warn")}>{event.type === "Warning" ? `${event.type}: ` : ""}{event.reason}</span>{event.count > 1 && <span className="text-xs text-ink-soft">{text.times(count(event.count))}</span>}<span className="ml-auto text-xs text-ink-soft"><When at={event.last} /></span></p>
                    <p className="text-[13px] break-words text-ink-soft"><bdi>{event.message}</bdi></p>
                  </li>
                ))}
              </ul>
            </section>
            <section className="grid min-w-0 gap-2">
              <h3 className="text-[13px] font-medium text-ink-soft">{text.object}</h3>
              <Code label={text.object} text={toYaml(detail.data.object)} />
            </section>
          </>
        )}
      </div>
    </Dialog>
  )
}
