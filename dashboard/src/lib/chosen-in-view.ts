import {useEffect, useRef, type RefObject} from "react"

/** Of what comes behind it, that there is more. */
const EDGE_PX = 16

/** Moves the row alone; `scrollIntoView` would move the page, too. */
function bring(row: HTMLElement, chosen: string): void {
  const {left, right} = row.getBoundingClientRect()
  const all = [...row.querySelectorAll(chosen)].map((one) => one.getBoundingClientRect())
  const [first] = all
  if (!first || all.some((one) => one.left >= left && one.right <= right)) return
  row.scrollLeft += first.left < left ? first.left - left - EDGE_PX : Math.min(first.right - right + EDGE_PX, first.left - left)
}

/**
 * For a row that scrolls sideways: brings the first of what is chosen into view where none of it is, at first, after another choice and
 * when the row gets another width. In between people scroll where they like. `chosen`: its selector; `choice`: what it stands for.
 */
export function useChosenInView<Row extends HTMLElement>(chosen: string, choice: string): RefObject<Row | null> {
  const ref = useRef<Row>(null)
  useEffect(() => {
    const row = ref.current
    if (!row) return undefined
    const look = () => { bring(row, chosen) }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(row)
    return () => { observer.disconnect() }
  }, [chosen, choice])
  return ref
}
