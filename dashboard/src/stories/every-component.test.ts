import {expect, test} from "vitest"

const sources = import.meta.glob<string>(["/src/{app,components,features}/**/*.tsx", "!/src/**/*.test.tsx"], {query: "?raw", import: "default", eager: true})

/** Components whose states are those of the page or the component that shows them. */
const TOLD_ELSEWHERE = {
  "app/app": "the log-in, the fallbacks and every page",
  "components/card": "every panel",
  "components/code": "ResourceDialog",
  "components/dialog": "every dialog",
  "components/external-link": "StoreHeader",
  "components/key-values": "OverviewTab, PlatformPage",
  "components/logo": "the log-in",
  "components/menu": "StoreHeader and Shell",
  "components/page": "every page",
  "components/table": "EnginesPage, UsagePanel",
  "components/toaster": "app/overlays: what it shows",
  "components/tooltip": "LogsTab",
  "components/virtual-table": "StoreTable",
  "components/when": "EventLine",
  "features/engines/engine-components": "EngineCard",
  "features/engines/engine-times": "EngineCard",
  "features/events/day-field": "ActivityPage",
  "features/settings/choice": "the cards of the settings",
  "features/stores/store-dialogs": "each dialog",
}

/** Both ways to name a module: by its place and from beside it. */
function imported(path: string, text: string): string[] {
  const folder = path.split("/").slice(0, -1).join("/")
  return [...text.matchAll(/ from "(@\/|\.\/)([\w/-]+)"/g)].map(([, from, name]) => (from === "./" ? `${folder}/${name ?? ""}` : name ?? ""))
}

test("each component has a story of its own, or it is said who tells its states", () => {
  const all = Object.entries(sources).map(([path, text]) => ({path: path.replace(/^\/src\/|\.tsx$/g, ""), text}))
  const told = new Set(all.filter(({path}) => path.endsWith(".stories")).flatMap(({path, text}) => imported(path, text)))
  const components = all.filter(({path, text}) => !path.endsWith(".stories") && /^export (?:default )?(?:function|const) [A-Z]\w*/m.test(text) && !path.endsWith("/routes"))
  expect(components.length).toBeGreaterThan(60)
  const untold = components.map(({path}) => path).filter((path) => !told.has(path))
  expect(untold.sort()).toEqual(Object.keys(TOLD_ELSEWHERE).sort())
})
