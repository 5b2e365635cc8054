const MOST_BYTES = 100

/** As much of a search as soukd takes; no letter is cut in two. */
export function searchWords(typed: string): string {
  const {read} = new TextEncoder().encodeInto(typed, new Uint8Array(MOST_BYTES))
  return typed.slice(0, read)
}
