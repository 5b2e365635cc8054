import {afterEach, beforeEach, expect, test, vi} from "vitest"

import {Answer, fakeSoukd} from "@/testing/fake-soukd"

import {part} from "./part"

const reload = vi.fn()
beforeEach(() => {
  reload.mockClear()
  vi.spyOn(window.location, "reload").mockImplementation(reload)
})
afterEach(() => { sessionStorage.clear() })

const soukd = (page: () => unknown) => fakeSoukd({[`HEAD ${location.pathname}`]: page})
const here = () => new Answer(200, undefined)
const fails = () => Promise.reject(new TypeError("Importing a module script failed."))
const twice = async (load: () => Promise<unknown>) => {
  const {bring} = part(load)
  for (let tries = 0; tries < 2; tries++) await expect(bring()).rejects.toThrow(/This part has not come/)
}

test("what has not come is asked for again, and the page stays as it is", async () => {
  soukd(here)
  const load = vi.fn<() => Promise<object>>().mockRejectedValueOnce(new TypeError("x")).mockResolvedValueOnce({a: 1}).mockRejectedValueOnce(new TypeError("x"))
  const {now, bring} = part(load)
  await expect(bring()).rejects.toThrow(/This part has not come/)
  expect(now()).toBeUndefined()
  await expect(bring()).resolves.toEqual({a: 1})
  expect(now()).toEqual({a: 1})
  await expect(bring()).rejects.toThrow() // once again, and not the second time in a row
  expect(reload).not.toHaveBeenCalled()
})

test("what does not come twice in a row is asked for by a new page", async () => {
  soukd(here)
  await twice(fails)
  expect(reload).toHaveBeenCalledTimes(1)
})

test("but for a soukd that is away: a reload would take the page", async () => {
  soukd(fails)
  await twice(fails)
  expect(reload).not.toHaveBeenCalled()
})
