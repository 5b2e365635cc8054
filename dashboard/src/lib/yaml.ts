const PLAIN = /^[A-Za-z_/.][\w\-./ @+=]*[\w\-./@+=]$|^[A-Za-z_/]$/
const WORDS = /^(true|false|null|yes|no|on|off|y|n)$/i

const scalar = (value: unknown): string => {
  if (typeof value !== "string") return JSON.stringify(value)
  return PLAIN.test(value) && !WORDS.test(value) ? value : JSON.stringify(value)
}
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value)
const isEmpty = (value: unknown): boolean => (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)

/** JSON as people of Kubernetes read it. Strings that could be taken for something else are quoted; lines stay lines. */
export function toYaml(value: unknown, indent = ""): string {
  if (isEmpty(value)) return Array.isArray(value) ? "[]" : "{}"
  if (Array.isArray(value)) {
    return value.map((item) => (isEmpty(item) || (!isObject(item) && !Array.isArray(item))
      ? `${indent}- ${block(item, `${indent}  `)}`
      : `${indent}- ${toYaml(item, `${indent}  `).slice(indent.length + 2)}`)).join("\n")
  }
  if (isObject(value)) {
    return Object.entries(value).map(([key, item]) => {
      const name = `${indent}${scalar(key)}:`
      return isEmpty(item) || (!isObject(item) && !Array.isArray(item)) ? `${name} ${block(item, `${indent}  `)}` : `${name}\n${toYaml(item, Array.isArray(item) ? indent : `${indent}  `)}`
    }).join("\n")
  }
  return scalar(value)
}

const block = (value: unknown, indent: string): string => {
  if (isEmpty(value)) return toYaml(value)
  if (typeof value !== "string" || !value.includes("\n")) return scalar(value)
  return `|${value.endsWith("\n") ? "" : "-"}\n${value.replace(/\n$/, "").split("\n").map((line) => (line ? indent + line : "")).join("\n")}`
}
