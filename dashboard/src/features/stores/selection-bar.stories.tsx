import {none} from "@/stories/samples"
import type {Stories} from "@/stories/story"

import {SelectionBar} from "./selection-bar"

const bar = (selected: number) => () => <SelectionBar selected={selected} onAct={none} onClear={none} />

export default {
  title: "SelectionBar",
  states: {"one store": bar(1), "very many": bar(10_000)},
} satisfies Stories
