import {useNow} from "@/lib/clock"
import {duration, exact, relative} from "@/lib/format"

/** "3 minutes ago"; the exact time on hover and for screen readers that ask. */
export function When({at}: {at: Date}) {
  const minute = useNow("minute")
  // The minute may have begun before what has just happened, and clocks differ a little: nothing is ever told of the future.
  const now = at > minute ? at : minute
  return <time dateTime={at.toISOString()} title={exact(at)}>{relative(at, now)}</time>
}

/** How long something took, or takes until now. */
export function Lasting({from, to}: {from: Date; to: Date | null}) {
  return to ? <span>{duration(to.getTime() - from.getTime())}</span> : <Running from={from} />
}

function Running({from}: {from: Date}) {
  return <span className="tabular-nums">{duration(Math.floor((useNow().getTime() - from.getTime()) / 1000) * 1000)}</span>
}
