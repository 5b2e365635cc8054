import "@/app/theme.css"

import {useState, useSyncExternalStore} from "react"
import {createRoot} from "react-dom/client"

import {applyPreferences} from "@/lib/preferences"

import {around, Told} from "./around"
import {soukdSays} from "./soukd"
import type {Stories} from "./story"

applyPreferences()
soukdSays({})
const modules = import.meta.glob<{default: Stories}>("../**/*.stories.tsx", {eager: true})
const components = Object.values(modules).map((module) => module.default).sort((a, b) => a.title.localeCompare(b.title))
  .map(({title, states}) => ({title, stories: Object.entries(states).map(([state, show]) => ({name: `${title}/${state}`, state, show}))}))
type Component = (typeof components)[number]
type Story = Component["stories"][number]

const addressOf = (name: string): string => `#${encodeURIComponent(name)}`
const chosenNow = (): string => decodeURIComponent(location.hash.slice(1))
const subscribe = (changed: () => void) => {
  window.addEventListener("hashchange", changed)
  return () => { window.removeEventListener("hashchange", changed) }
}

/** All components; all states of one (`#Badge`); or one state alone, as the tests look at it (`#Badge/moving`). */
function Page() {
  const chosen = useSyncExternalStore(subscribe, chosenNow)
  const component = components.find(({title}) => title === chosen)
  const story = components.flatMap(({stories}) => stories).find(({name}) => name === chosen)
  if (story) return <Alone key={chosen} story={story} />
  return component ? <States key={chosen} component={component} /> : <Contents />
}

function Contents() {
  return (
    <main className="mx-auto grid max-w-5xl gap-6 p-6">
      <h1 className="text-xl font-semibold">Stories</h1>
      {components.map(({title, stories}) => (
        <section key={title} className="grid gap-2">
          <h2 className="font-semibold"><a href={addressOf(title)} className="hover:underline">{title}</a></h2>
          <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-soft">{stories.map(({name, state}) => <li key={name}><a data-told={name} href={addressOf(name)} className="hover:underline">{state}</a></li>)}</ul>
        </section>
      ))}
    </main>
  )
}

function States({component: {title, stories}}: {component: Component}) {
  const [page] = useState(() => around(() => (
    <main className="mx-auto grid max-w-5xl gap-6 p-6">
      <h1 className="text-xl font-semibold"><a href="#contents">{title}</a></h1>
      {stories.map(({name, state, show}) => (
        <article key={name} className="grid gap-2">
          <p className="text-xs text-ink-soft"><a href={addressOf(name)}>{state}</a></p>
          <Told name={name} show={show} />
        </article>
      ))}
    </main>
  )))
  return page
}

function Alone({story: {name, show}}: {story: Story}) {
  const [page] = useState(() => around(() => <Told name={name} show={show} alone />))
  return page
}

const root = document.getElementById("root")
if (!root) throw new Error("the page has no root")
createRoot(root).render(<Page />)
