import {CircleX} from "lucide-react"

import {none} from "@/stories/samples"
import type {Stories} from "@/stories/story"

import {Badge} from "./badge"
import {Choice} from "./choice"
import {SearchField} from "./search-field"
import {Select} from "./select"
import {Tabs} from "./tabs"

const SIZES = [{value: "small", label: "Small"}, {value: "large", label: "Large"}] as const

export default {
  title: "Controls",
  states: {
    "tabs": () => <Tabs label="Parts" tabs={[{value: "small", label: "Small", extra: <Badge tone="bad" icon={CircleX}>2</Badge>}, {value: "large", label: "Large"}]} value="large" onChange={none}>The large part.</Tabs>,
    "choices": () => <Choice label="Size" name="size" value="large" onChange={none} options={[{value: "small", title: "Small", body: "For a first shop."}, {value: "large", title: "Large", beside: "4 CPU", body: "For many visitors."}]} />,
    "selects": () => <div className="grid gap-3"><Select label="Size" value="large" options={SIZES} onChange={none} /><Select label="Size that is given" value="small" options={SIZES} onChange={none} disabled /></div>,
    "search, empty and filled": () => <div className="grid gap-3"><SearchField label="Search" value="" onSearch={none} /><SearchField label="Search for tea" value="tea" onSearch={none} /></div>,
  },
} satisfies Stories
