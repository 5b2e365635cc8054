import {readFileSync} from "node:fs"

import {expect, test} from "vitest"

import type {StoreAction} from "@/features/stores/act-on-store"

/** What people can do without a request of the dashboard's own, and why. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  "GET /api/v1/stores/{id}/steps": "a store and an operation bring their steps along",
  "GET /api/v1/stores/{id}/events": "all events are asked for, with the store as a filter",
  "GET /api/v1/events/ws": "lib/events/stream.ts opens it, where the same stream without it is held back",
  "GET /api/v1/engines/{name}": "the list has all of each engine",
  "GET /health": "the same as /api/v1/health",
  "GET /health/live": "the same as /api/v1/health",
  "GET /health/ready": "the same as /api/v1/health",
  "GET /livez": "a probe",
  "GET /readyz": "a probe",
  "GET /metrics": "for programs that gather them",
  "GET /openapi.yaml": "a link in Settings",
  "GET /docs": "a link in Settings",
}

const ACTIONS: Readonly<Record<StoreAction, true>> = {retry: true, suspend: true, resume: true, restart: true}

const contract = readFileSync("../api/openapi.yaml", "utf8")
const sources = import.meta.glob<string>(["/src/**/*.{ts,tsx}", "!/src/**/*.test.*", "!/src/**/*.stories.*", "!/src/{stories,testing}/**"], {query: "?raw", import: "default", eager: true})

/** "GET /api/v1/stores/{id}". */
function operationsOf(yaml: string): string[] {
  const paths = yaml.slice(yaml.indexOf("\npaths:\n"), yaml.indexOf("\ncomponents:\n")).split(/^ {2}(?=\/)/m).slice(1)
  return paths.flatMap((text) => {
    const path = text.slice(0, text.indexOf(":"))
    return [...text.matchAll(/^ {4}(get|post|put|patch|delete):$/gm)].map(([, method = ""]) => `${method.toUpperCase()} ${path}`)
  })
}

/** Paths that have a name: `export const storePath = (id: string): string => `...``. */
const named = new Map(Object.values(sources).flatMap((text) => [...text.matchAll(/^export const (\w+Path) = (?:\(.*=> )?[`"]([^`"]+)[`"]$/gm)].map(([, name = "", path = ""]) => [name, path] as const)))

/** The path as it is written in a request, with `{}` for what is filled in. */
function pathsOf(written: string): string[] {
  const bare = written.replace(/^[`"]|[`"]$/g, "")
  const whole = bare.replace(/^(?:\$\{)?(\w+Path)(?:\([\w.]+\)\}?)?/, (all, name: string) => named.get(name) ?? all)
  const words = /\$\{\w+\.action\}/.test(whole) ? Object.keys(ACTIONS) : [""]
  return words.map((word) => whole.replace(/\$\{\w+\.action\}/, word).replace(/\$\{[^}]+\}/g, "{}"))
}

/** What the request of a file asks, when somebody imports that file; each has one (lib/api/request-files.test.ts). */
function asksOf(file: string, text: string): string[] {
  const written = /\b(?:request|send)\(([`"][^`"]+[`"]|\w+Path(?:\([\w.]+\))?)/.exec(text)?.[1]
  if (written === undefined) return []
  const module = file.replace(/^.*\/|\.tsx?$/g, "")
  if (!Object.values(sources).some((other) => other.includes(`/${module}"`))) return []
  const method = /\bmethod: "(\w+)"/.exec(text)?.[1] ?? "GET"
  return pathsOf(written).map((path) => `${method} ${path}`)
}

const operations = operationsOf(contract)
const asked = new Set(Object.entries(sources).flatMap(([file, text]) => asksOf(file, text)))
const isAsked = (operation: string): boolean => asked.has(operation.replace(/\{\w+\}/g, "{}"))

test("every operation of the contract is found", () => {
  expect(operations).toHaveLength(contract.match(/^ {6}operationId:/gm)?.length ?? 0)
  expect(operations).toContain("DELETE /api/v1/sessions/{id}")
})

test("whatever the API can do, the dashboard asks, or a reason says why not", () => {
  expect(operations.filter((operation) => !isAsked(operation) && !(operation in NOT_ASKED))).toEqual([])
})

test("no reason stays behind what is asked by now, or what the contract does not know any more", () => {
  expect(Object.keys(NOT_ASKED).filter((operation) => isAsked(operation) || !operations.includes(operation))).toEqual([])
})

test("the dashboard asks nothing that the contract does not know", () => {
  const known = new Set(operations.map((operation) => operation.replace(/\{\w+\}/g, "{}")))
  expect([...asked].filter((one) => !known.has(one))).toEqual([])
})
