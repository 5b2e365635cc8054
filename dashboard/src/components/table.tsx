import type {ReactNode} from "react"

import {cn} from "@/lib/cn"

export interface Column<Row> {
  key: string
  title: ReactNode
  cell: (row: Row) => ReactNode
  /** Of head and cells: alignment, what a phone leaves out. */
  className?: string
}

export interface TableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  className?: string
}

/** A table of few rows. Long ones are a `VirtualTable`. */
export function Table<Row>({label, columns, rows, rowKey, className}: TableProps<Row>) {
  return (
    // A stop for the keyboard, because it scrolls where it is narrow.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div role="group" aria-label={label} tabIndex={0} className={cn("overflow-x-auto rounded-2xl border border-line bg-surface", className)}>
      <table aria-label={label} className="w-full border-collapse text-left">
        <thead>
          <tr className="border-b border-line text-xs text-ink-soft">
            {columns.map((column) => <th key={column.key} scope="col" className={cn("h-10 px-4 font-medium", column.className)}>{column.title}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="h-(--row) border-b border-line last:border-0">
              {columns.map((column) => <td key={column.key} className={cn("px-4 py-(--row-pad)", column.className)}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
