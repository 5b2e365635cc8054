import {expect, test} from "vitest"

import {clean} from "./hostile"
import {keepNewest, LineReader, onlyNew, toLine, toLines} from "./log-lines"

test("what a terminal would obey is gone, the words stay", () => {
  expect(clean("\u001b[31mred\u001b[0m")).toBe("red")
  expect(clean("\u001b]0;evil title\u0007after")).toBe("after")
  expect(clean("\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\")).toBe("link")
  expect(clean("\u009b2Jcleared")).toBe("cleared")
  expect(clean("\u001bP1$r\u001b\\x\u001bcy")).toBe("xy")
  expect(clean("a\u0008b\u0000c\td")).toBe("a\ufffdb\ufffdc\td")
  expect(clean("10 %\r50 %\rdone\r")).toBe("done")
})

test("a line of nothing but carriage returns is read in no time", () => {
  const begun = performance.now()
  expect(clean(`${"\r".repeat(256 * 1024)}x\r`)).toBe("x")
  expect(clean("\r".repeat(256 * 1024))).toBe("")
  expect(performance.now() - begun).toBeLessThan(5000)
})

test("markup and emoji are text", () => {
  expect(clean("<script>alert(1)</script> 🛒")).toBe("<script>alert(1)</script> 🛒")
})

test("lines arrive whole, however they were cut", () => {
  const reader = new LineReader()
  const text = "web-0/web first\nweb-0/web second line\nweb-0/side x\n"
  const lines = Array.from(text).flatMap((character) => reader.take(character).lines)
  expect(lines.map(({source, text: words}) => [source, words])).toEqual([["web-0/web", "first"], ["web-0/web", "second line"], ["web-0/side", "x"]])
})

test("the last word of soukd is no line", () => {
  expect(new LineReader().take("web-0/web a\n# the pod was removed\n")).toMatchObject({word: "the pod was removed", lines: [{text: "a"}]})
})

test("a line of a megabyte is cut, and all of it can be had", () => {
  const [line] = new LineReader().take(`web-0/web ${"x".repeat(1024 * 1024)}\n`).lines
  expect(line?.text).toHaveLength(2000)
  expect(line?.full).toHaveLength(1024 * 1024)
})

test("a line that never ends does not fill the memory", () => {
  const reader = new LineReader()
  for (let i = 0; i < 8; i++) reader.take("x".repeat(1024 * 1024))
  const [line] = reader.take("\n").lines
  expect(line?.source.length).toBeLessThanOrEqual(4 * 1024 * 1024)
})

test("a whole answer is its lines", () => {
  expect(toLines([{pod: "web-0", container: "web", text: "a\n\nb\n"}]).map(({text}) => text)).toEqual(["a", "", "b"])
})

test("long lines are bounded by what they weigh: old ones lose what is not shown, and then go", () => {
  const long = (n: number) => toLine("a", `${n} ${"x".repeat(1024 * 1024)}`)
  const lines = keepNewest(Array.from({length: 60}, (_, n) => long(n)))
  const weight = lines.reduce((sum, {text, full}) => sum + (full ?? text).length, 0)
  expect(lines).toHaveLength(60)
  expect(weight).toBeLessThan(33 * 1024 * 1024)
  expect(lines.at(-1)?.full).toHaveLength(1024 * 1024 + 3)
  expect(lines[0]).toMatchObject({full: null})
  expect(keepNewest(Array.from({length: 20_010}, (_, n) => toLine("a", String(n))))[0]?.text).toBe("10")
})

test("of a follow that began anew only what is new is taken", () => {
  const lines = (...texts: string[]) => texts.map((text) => { const [source = "", words = ""] = text.split(" "); return toLine(source, words) })
  const texts = (...of: Parameters<typeof onlyNew>) => onlyNew(...of).map(({source, text}) => `${source} ${text}`)
  expect(texts(lines("a 1", "b 1", "a 2"), lines("a 1", "a 2", "a 3", "b 1", "b 2", "c 1"))).toEqual(["a 3", "b 2", "c 1"])
  // One word again and again: its neighbours tell where it was.
  expect(texts(lines("a x", "a .", "a ."), lines("a x", "a .", "a .", "a y", "a ."))).toEqual(["a y", "a ."])
  // Nothing is known any more: another life of the container.
  expect(texts(lines("a 1"), lines("a 7", "a 8"))).toEqual(["a 7", "a 8"])
})
