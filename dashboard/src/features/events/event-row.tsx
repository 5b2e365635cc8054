import {Link} from "@tanstack/react-router"

import {EventLine} from "@/components/event-line"
import type {StoreEvent} from "@/lib/events/event"

export function EventRow({event}: {event: StoreEvent}) {
  return (
    <li className="border-b border-line px-4 py-(--row-pad) last:border-0">
      <EventLine
        event={event}
        store={<Link to="/stores/$id" params={{id: event.store_id}} className="min-w-0 truncate text-ink-soft hover:text-ink hover:underline md:basis-52"><bdi>{event.store_name}</bdi></Link>}
      />
    </li>
  )
}
