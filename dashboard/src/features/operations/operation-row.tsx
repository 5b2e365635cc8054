import {Link} from "@tanstack/react-router"

import {Badge} from "@/components/badge"
import {CancelButton} from "@/components/cancel-button"
import {ProgressBar} from "@/components/progress-bar"
import {Lasting, When} from "@/components/when"
import {operationLook} from "@/lib/operations/look"
import type {Operation} from "@/lib/operations/operation"
import {messages, operationStateWord, operationWord, stepWord} from "@/messages"

import {kindLook} from "./operation-looks"

const text = messages.operations

/** What is done to which store, how far it is or how it ended. */
export function OperationRow({operation}: {operation: Operation}) {
  const {kind, store_id: id, store_name: name, state, done, progress, error, requested_by: user, created, ended} = operation
  const {tone, icon, moving} = operationLook(state)
  const {icon: Kind} = kindLook(kind)
  const running = progress.steps.find((step) => step.name === progress.step)
  return (
    <li className="grid min-h-(--row) grid-cols-[1.25rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-b border-line px-4 py-(--row-pad) last:border-0 hover:bg-raised md:grid-cols-[1.25rem_minmax(12rem,1.4fr)_minmax(8rem,1fr)_8rem_5.5rem]">
      <Kind aria-hidden className="size-4 mt-1 self-start text-ink-soft md:mt-0 md:self-center" />
      <div className="min-w-0">
        <p className="truncate">
          <span className="text-ink-soft">{operationWord(kind)}</span>{" "}
          <Link to="/stores/$id" params={{id}} className="font-medium hover:underline"><bdi>{name}</bdi></Link>
        </p>
        <p className="truncate text-xs text-ink-soft"><When at={created} /> · {text.by(user)}</p>
      </div>
      <div className="col-start-2 col-end-4 row-start-2 grid min-w-0 gap-1 empty:hidden md:col-auto md:row-auto md:empty:block">
        {!done && running && <p className="truncate text-xs text-ink-soft">{stepWord(running.name)}{running.message && <>: <bdi>{running.message}</bdi></>}</p>}
        {!done && <ProgressBar percent={progress.percent} label={`${operationWord(kind)}: ${name}`} />}
        {error && <p className="line-clamp-2 text-xs break-words text-bad"><bdi>{error.message}</bdi></p>}
      </div>
      <div className="col-start-3 row-start-1 grid justify-items-end gap-1 md:col-auto md:row-auto md:justify-items-start">
        <Badge tone={tone} icon={icon} moving={moving}>{operationStateWord(state)}</Badge>
        <span className="px-2 text-xs text-ink-soft tabular-nums"><Lasting from={created} to={ended} /></span>
      </div>
      <div className="col-start-2 col-end-4 justify-self-end empty:hidden md:col-auto md:empty:block">
        <CancelButton operation={operation} store={name} />
      </div>
    </li>
  )
}
