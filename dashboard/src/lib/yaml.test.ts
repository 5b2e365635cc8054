import {expect, test} from "vitest"

import {toYaml} from "./yaml"

test("an object reads as Kubernetes writes it", () => {
  expect(toYaml({kind: "Pod", metadata: {name: "web-0", labels: {}}, spec: {containers: [{name: "web", args: ["-c", "1"], ports: []}], replicas: 2}})).toBe(
    'kind: Pod\nmetadata:\n  name: web-0\n  labels: {}\nspec:\n  containers:\n  - name: web\n    args:\n    - "-c"\n    - "1"\n    ports: []\n  replicas: 2')
})

test("what could be taken for something else is quoted", () => {
  expect(toYaml({a: "true", b: "1", c: "x: y", d: "", e: null, f: false})).toBe('a: "true"\nb: "1"\nc: "x: y"\nd: ""\ne: null\nf: false')
})

test("lines stay lines", () => {
  expect(toYaml({script: "echo\n\n  two\n"})).toBe("script: |\n  echo\n\n    two")
})
