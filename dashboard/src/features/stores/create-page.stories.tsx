import type {Wire} from "@/lib/api/answer"
import {messages} from "@/messages"
import {pageAt} from "@/stories/at"
import {Opens, type OpensProps} from "@/stories/opens"
import {away, engines, knownPlatform, plans, refusesForNow} from "@/stories/samples"
import {refuses, says, thinks, type Answer, type Answers} from "@/stories/soukd"
import {click, see, write} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {withData, type Known} from "@/stories/with-data"
import {aPlan} from "@/testing/samples"

import {CreatePage, Summary} from "./create-page"
import {validation} from "./validate-store"

const text = messages.stores.create
const valid = (change: Partial<Wire<"Validation">> = {}): Wire<"Validation"> => ({
  valid: true, name: "Green Tea", slug: "green-tea", hosts: ["green-tea.localhost"], urls: {storefront: "http://green-tea.localhost/", admin: null, api: null}, engine: "medusa", engine_version: "2.21.2-1",
  plan: aPlan(), makes: [{kind: "Namespace", name: "souk-green-tea", purpose: "Holds everything."}], waits: false, ...change,
})
const made = validation.parse(valid())

const [engine] = engines
const [plan] = plans
const summary = (change: Partial<Parameters<typeof Summary>[0]>) => () => engine && <div className="max-w-80"><Summary engine={engine} median={null} made={null} checking={false} plan={plan} {...change} /></div>

const page = (...known: readonly Known[]) => () => withData(known, pageAt("/create", <CreatePage />))
const filled = ({answers, steps = []}: Omit<OpensProps, "show">) => () => (
  <Opens show={() => withData(knownPlatform, pageAt("/create", <CreatePage />), {asks: true})} answers={answers} steps={[write(text.nameLabel, "Green Tea"), ...steps]} />
)
/** What the check of a name says, and what a creation does. */
const soukd = (checks: Answer, creates = thinks): Answers => ({"POST /api/v1/stores": (query) => (query.has("validate_only") ? checks : creates)(query)})
const free = says(valid())
const create = [see(text.free), click(text.submit)]

export default {
  title: "CreatePage",
  states: {
    "empty": page(...knownPlatform),
    "plans not read": page([["engines"], {engines}], [["plans"], away]),
    "no engine": page([["engines"], {engines: []}]),
    "engines not read": page([["engines"], away]),
    "on its way": page(),
    "checking": filled({steps: [see(text.checking)]}),
    "free": filled({answers: soukd(free), steps: [see(text.free)]}),
    "free, but in line": filled({answers: soukd(says(valid({waits: true}))), steps: [see(text.waits)]}),
    "taken": filled({answers: soukd(refuses(409, "name_taken", "A living store has this name.")), steps: [see("A living store has this name.")]}),
    "not checked": filled({answers: soukd(refusesForNow), steps: [see(away.message)]}),
    "being asked for": filled({answers: soukd(free), steps: [...create, see("[aria-busy=true]")]}),
    "refused": filled({answers: soukd(free, refusesForNow), steps: [...create, see(away.message)]}),
    "summary: no name yet": summary({}),
    "summary: checking": summary({checking: true, median: 62}),
    "summary: what will be made": summary({made, median: 62}),
    "summary: in line": summary({made: {...made, waits: true}}),
  },
} satisfies Stories
