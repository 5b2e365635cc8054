import {useVirtualizer} from "@tanstack/react-virtual"
import {useCallback, useEffect, useRef} from "react"

import {cn} from "@/lib/cn"

import type {Column} from "./table"

export interface VirtualTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** The same function each time, as it decides what is measured. */
  rowKey: (row: Row) => string
  /** Grid columns (`md:grid-cols-[...]`); on a phone, where there is no head, the places of a row. */
  grid: string
  /** More rows can be asked for; `onMore` is called when the end comes near. */
  more?: boolean
  onMore?: () => void
  isSelected?: (row: Row) => boolean
  /** A guess; rows are measured. */
  estimate?: number
}

/** Only the rows in view exist, so 10,000 of them cost what 30 cost. It fills its parent and scrolls inside. */
export function VirtualTable<Row>({label, columns, rows, rowKey, grid, more = false, onMore, isSelected, estimate = 60}: VirtualTableProps<Row>) {
  const frame = useRef<HTMLDivElement>(null)
  // The same function for the same rows: with another one all of them are measured anew, and that in each frame while somebody scrolls.
  const getItemKey = useCallback((index: number) => {
    const row = rows[index]
    return row === undefined ? index : rowKey(row)
  }, [rows, rowKey])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => estimate,
    overscan: 12,
    getItemKey,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => { if (more && last >= rows.length - 20) onMore?.() }, [more, last, rows.length, onMore])
  const line = cn("grid items-center gap-x-2 gap-y-1 px-4 md:gap-x-3", grid)

  return (
    <div role="table" aria-label={label} aria-rowcount={more ? -1 : rows.length + 1} className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-2xl border border-line bg-surface">
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={cn(line, "hidden h-10 border-b border-line text-xs font-medium text-ink-soft md:grid")}>
          {columns.map((column) => <span key={column.key} role="columnheader" className={column.className}>{column.title}</span>)}
        </div>
      </div>
      <div ref={frame} role="rowgroup" className="min-h-0 flex-1 overflow-y-auto">
        <div role="presentation" className="relative" style={{height: virtual.getTotalSize()}}>
          {items.map(({index, key, start}) => {
            const row = rows[index]
            return row !== undefined && (
              <div
                key={key}
                data-index={index}
                ref={virtual.measureElement}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={isSelected?.(row)}
                className={cn(line, "absolute inset-x-0 top-0 min-h-(--row) border-b border-line py-(--row-pad) hover:bg-raised", isSelected?.(row) && "bg-accent-soft hover:bg-accent-soft")}
                style={{transform: `translateY(${start}px)`}}
              >
                {columns.map((column) => <span key={column.key} role="cell" className={cn("min-w-0", column.className)}>{column.cell(row)}</span>)}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
