import {clean, LINE_CUT} from "./hostile"

export interface LogLine {
  /** Rises; the key of its row. */
  id: number
  /** `pod/container`. */
  source: string
  /** Harmless, and cut at `LINE_CUT`. */
  text: string
  /** All of it, harmless as well, where it was cut. */
  full: string | null
}

/** So many lines are kept; older ones go. */
const MOST_LINES = 20_000
/** And so many letters of them all. */
const MOST_LETTERS = 32 * 1024 * 1024
/** More of one line than this is not kept at all: a program that never ends its line must not fill the memory. */
const LONGEST = 4 * 1024 * 1024

let next = 1
export function toLine(source: string, raw: string): LogLine {
  const full = clean(raw)
  if (full.length <= LINE_CUT) return {id: next++, source, text: full, full: null}
  // Copied letter by letter: a slice would hold the whole line in memory.
  return {id: next++, source, text: full.slice(0, LINE_CUT).split("").join(""), full}
}

/** The lines that are kept. Of the older ones among long lines only what is shown stays. */
export function keepNewest(lines: readonly LogLine[]): readonly LogLine[] {
  const kept = lines.length > MOST_LINES ? lines.slice(-MOST_LINES) : lines
  let letters = 0
  for (const {text, full} of kept) letters += (full ?? text).length
  if (letters <= MOST_LETTERS) return kept
  return kept.map((line) => {
    if (letters <= MOST_LETTERS || line.full === null) return line
    letters -= line.full.length - line.text.length
    return {...line, full: null}
  })
}

/** So many lines in a row are looked for: one alone may stand there often. */
const SAME = 3

/** Of lines that were asked for again, those behind the last one that is known, of each source by itself. */
export function onlyNew(known: readonly LogLine[], again: readonly LogLine[]): LogLine[] {
  const ends = new Map<string, string[]>()
  for (const {source, text} of known) ends.set(source, [...(ends.get(source) ?? []), text].slice(-SAME))
  const fresh = new Set<LogLine>()
  for (const source of new Set(again.map((line) => line.source))) {
    const lines = again.filter((line) => line.source === source)
    const end = ends.get(source) ?? []
    const at = lines.findLastIndex((_, index) => end.length > 0 && end.every((text, place) => {
      const before = index - (end.length - 1 - place)
      return before < 0 || lines[before]?.text === text
    }))
    for (const line of lines.slice(at + 1)) fresh.add(line)
  }
  return again.filter((line) => fresh.has(line))
}

/** Cuts a text stream of `<pod>/<container> <line>` into lines. What begins with "# " is soukd's own word. */
export class LineReader {
  private rest = ""

  /** @returns the lines that this piece ended, and the last word of soukd if there was one */
  take(piece: string): {lines: LogLine[]; word: string | null} {
    const parts = (this.rest + piece).split("\n")
    this.rest = (parts.pop() ?? "").slice(0, LONGEST)
    let word: string | null = null
    const lines: LogLine[] = []
    for (const part of parts) {
      if (part.startsWith("# ")) {
        word = clean(part.slice(2))
        continue
      }
      const space = part.indexOf(" ")
      lines.push(space < 0 ? toLine(clean(part), "") : toLine(clean(part.slice(0, space)), part.slice(space + 1)))
    }
    return {lines, word}
  }
}

/** All lines of an answer that is there as a whole. */
export const toLines = (logs: readonly {pod: string; container: string; text: string}[]): LogLine[] =>
  logs.flatMap(({pod, container, text}) => text.split("\n").filter((line, index, all) => line !== "" || index < all.length - 1).map((line) => toLine(clean(`${pod}/${container}`), line)))
