import {storeKeys} from "@/lib/stores/store"
import {away, ID} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"

import type {Resource} from "./list-resources"
import {ResourcesTab} from "./resources-tab"

const resource = (kind: string, name: string, change: Partial<Resource> = {}): Resource => ({kind, name, parent: null, component: "", health: "healthy", reason: "", message: "", created: new Date("2026-11-21T09:30:00Z"), ...change})
const tree = {resources: [
  resource("StatefulSet", "green-tea-db", {component: "postgres"}),
  resource("Pod", "green-tea-db-0", {parent: "StatefulSet/green-tea-db", health: "degraded", reason: "CrashLoopBackOff", message: "It ends again and again."}),
  resource("Deployment", "green-tea-web", {health: "progressing"}), resource("Service", "green-tea-web", {health: "missing", reason: "NotFound", message: "<b>gone</b>"}),
  resource("PersistentVolumeClaim", "data-green-tea-db-0"),
]}
const tab = (found?: unknown) => () => withData(found === undefined ? [] : [[storeKeys.part(ID, "resources"), found]], <div className="grid gap-4"><ResourcesTab id={ID} /></div>)

export default {
  title: "ResourcesTab",
  states: {
    "objects": tab(tree),
    "none": tab({resources: []}),
    "not read": tab(away),
    "on its way": tab(),
  },
} satisfies Stories
