import {expect, test} from "vitest"

const sources = import.meta.glob<string>(["/src/**/*.{ts,tsx}", "!/src/**/*.test.*", "!/src/**/*.stories.*"], {query: "?raw", import: "default", eager: true})
const asks = Object.entries(sources).flatMap(([path, text]) => {
  if (!/import \{[^}]*\b(?:request|send)\b[^}]*\} from "@\/lib\/api\/request"/.test(text)) return []
  return [{path, times: text.match(/\b(?:request|send)\(/g)?.length ?? 0}]
})

test("each request has a file of its own, and none stands in a component", () => {
  expect(asks.length).toBeGreaterThan(20)
  expect(asks.filter(({path, times}) => times !== 1 || path.endsWith(".tsx"))).toEqual([])
})

test("soukd is reached in four places, and no change is shown before soukd has it", () => {
  const where = (pattern: RegExp) => Object.keys(sources).filter((path) => !path.startsWith("/src/testing/") && pattern.test(sources[path] ?? "")).sort()
  // Requests; the event stream; logs that are followed; whether soukd is there at all.
  expect(where(/\bfetch\(|\?\? fetch\b/)).toEqual(["/src/features/stores/follow-logs.ts", "/src/lib/api/request.ts", "/src/lib/events/stream.ts", "/src/lib/load-anew.ts"])
  expect(where(/new (?:\(.*\?\? )?WebSocket\b|new EventSource\b|XMLHttpRequest/)).toEqual(["/src/lib/events/stream.ts"])
  expect(where(/\bonMutate\b/)).toEqual([])
})
