import {afterEach, expect, test, vi} from "vitest"

import {randomKey} from "./random-key"

afterEach(() => { vi.unstubAllGlobals() })

test("keys are made on plain HTTP as well, where browsers have no randomUUID", () => {
  const {crypto} = globalThis
  vi.stubGlobal("crypto", {getRandomValues: (array: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(array)})
  expect(randomKey()).toMatch(/^[0-9a-f]{32}$/)
  expect(randomKey()).not.toBe(randomKey())
})
