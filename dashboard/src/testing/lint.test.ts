import {ESLint, type Linter} from "eslint"
import {expect, test} from "vitest"

const eslint = new ESLint({
  overrideConfig: [{languageOptions: {parserOptions: {projectService: false}}} satisfies Linter.Config],
  ruleFilter: ({ruleId}) => ["import-x/no-restricted-paths", "no-restricted-imports", "no-restricted-syntax"].includes(ruleId),
})
/** What is wrong with a file of this path and text. It need not be there. */
async function found(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, {filePath})
  if (!result) throw new Error(`${filePath} is not looked at`)
  const broken = result.messages.find(({ruleId}) => ruleId === null)
  if (broken) throw new Error(broken.message)
  return result.messages.map(({ruleId}) => ruleId ?? "")
}

test.each([
  ["lib", "@/components/badge"],
  ["lib", "@/features/stores/steps"],
  ["lib", "@/app/places"],
  ["components", "@/features/stores/steps"],
  ["components", "@/app/places"],
  ["features/events", "@/app/places"],
  ["features/events", "@/features/stores/steps"],
  ["features/stores", "@/features/events/by-day"],
  ["messages", "@/lib/tone"],
  ["messages", "@/components/badge"],
])("%s does not import %s", async (folder, wanted) => {
  expect(await found(`src/${folder}/made-up.tsx`, `import * as one from "${wanted}"\nexport {one}\n`)).toEqual(["import-x/no-restricted-paths"])
})

test.each([
  ["app", "@/features/stores/routes"],
  ["features/events", "@/components/badge"],
  ["features/events", "./by-day"],
  ["components", "@/lib/tone"],
  ["lib", "@/messages"],
])("%s imports %s", async (folder, wanted) => {
  expect(await found(`src/${folder}/made-up.tsx`, `import * as one from "${wanted}"\nexport {one}\n`)).toEqual([])
})

test.each(["@/testing/samples", "@/stories/samples"])("what people get does not import %s", async (wanted) => {
  expect(await found("src/lib/made-up.ts", `import * as one from "${wanted}"\nexport {one}\n`)).toEqual(["no-restricted-imports"])
})

test.each([
  "<p>No store yet</p>",
  "<p><b>{name}</b> is ready</p>",
  '<p>{"No store yet"}</p>',
  "<p>{`Hello ${name}`}</p>",
  '<p>{name ? "yes" : name}</p>',
  '<p>{name && "known"}</p>',
  '<button title="Close" />',
  '<button aria-label={"Close"} />',
  "<input placeholder={`Search ${name}`} />",
  '<input aria-label={name ? "Known" : name} />',
])("a text is not written into a component: %s", async (jsx) => {
  expect(await found("src/components/made-up.tsx", `export const One = ({name}: {name: string}) => ${jsx}\n`)).toEqual(["no-restricted-syntax"])
})

test.each([
  "<p>{name} · {name}…</p>",
  "<kbd>K</kbd>",
  '<p className={name ? "text-bad" : "text-ink"}>{name}</p>',
  '<p aria-label={name} role="status">{name === "Warning" ? name : ""}</p>',
])("no text: %s", async (jsx) => {
  expect(await found("src/components/made-up.tsx", `export const One = ({name}: {name: string}) => ${jsx}\n`)).toEqual([])
})
