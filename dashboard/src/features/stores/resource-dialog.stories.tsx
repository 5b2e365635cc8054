import {storeKeys} from "@/lib/stores/store"
import {Opens} from "@/stories/opens"
import {away, HOSTILE, ID} from "@/stories/samples"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"

import type {Resource} from "./list-resources"
import type {ResourceDetail} from "./read-resource"
import {ResourceDialog} from "./resource-dialog"

const time = new Date("2026-11-21T09:30:00Z")
const pod: Resource = {kind: "Pod", name: "green-tea-db-0", parent: null, component: "", health: "degraded", reason: "CrashLoopBackOff", message: "It ends again and again.", created: time}
const object = {apiVersion: "v1", kind: "Pod", metadata: {name: "green-tea-db-0", labels: {"app.kubernetes.io/name": "green-tea"}, annotations: {note: HOSTILE, long: "x".repeat(400)}}, spec: {containers: [{name: "db", image: "postgres:17"}]}}
const found: ResourceDetail = {object, events: [
  {type: "Warning", reason: "BackOff", message: "Back-off restarting failed container", count: 12, first: time, last: time},
  {type: "Normal", reason: "Pulled", message: HOSTILE, count: 1, first: time, last: time},
]}
const opened = (detail?: unknown) => () => <Opens show={(close) => withData(detail === undefined ? [] : [[storeKeys.part(ID, "resource", ["Pod", "green-tea-db-0"]), detail]], <ResourceDialog id={ID} resource={pod} onClose={close} />)} />

export default {
  title: "ResourceDialog",
  states: {
    "with events": opened(found),
    "without events": opened({...found, events: []}),
    "on its way": opened(),
    "not read": opened(away),
  },
} satisfies Stories
