import {expect, test, vi} from "vitest"

import {bytes, count, duration, exact, percent, quantity, relative} from "./format"

test("durations have two units at most and never round up", () => {
  expect([0, 999, 4250, 59_999, 60_000, 72_400, 3_599_999, 3_600_000, 90_061_000].map(duration)).toEqual(
    ["0 s", "0.9 s", "4.2 s", "59 s", "1 min 0 s", "1 min 12 s", "59 min 59 s", "1 h 0 min", "1 d 1 h"])
})

test("times are told from now", () => {
  const now = new Date("2026-11-21T12:00:00Z")
  expect(relative(new Date("2026-11-21T11:57:30Z"), now)).toBe("2 minutes ago")
  expect(relative(new Date("2026-11-21T12:00:00Z"), now)).toBe("now")
  expect(relative(new Date("2026-11-20T11:00:00Z"), now)).toBe("yesterday")
})

test("sizes are binary", () => {
  expect([0, 1023, 1024, 1536, 2 * 1024 ** 3].map(bytes)).toEqual(["0 B", "1,023 B", "1 KiB", "1.5 KiB", "2 GiB"])
})

test("numbers, sizes and times are written as the reader's browser does", () => {
  vi.spyOn(navigator, "language", "get").mockReturnValue("de")
  expect(bytes(1536)).toBe("1,5 KiB")
  expect(bytes(1023)).toBe("1.023 B")
  expect(count(1234567)).toBe("1.234.567")
  expect(percent(0.5)).toMatch(/^50\s%$/)
  expect(duration(4250)).toBe("4,2 s")
  expect(relative(new Date("2026-11-21T11:57:30Z"), new Date("2026-11-21T12:00:00Z"))).toBe("vor 2 Minuten")
  expect(exact(new Date(2026, 10, 21, 9, 30, 5))).toBe("21.11.2026, 09:30:05")
})

test("Kubernetes quantities are numbers", () => {
  expect(["250m", "2", "2Gi", "1.5k"].map(quantity)).toEqual([0.25, 2, 2 * 1024 ** 3, 1500])
  expect(quantity("many")).toBeNaN()
})
