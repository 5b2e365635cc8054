import {useNavigate} from "@tanstack/react-router"
import {Command} from "cmdk"
import {Keyboard, Monitor, Moon, Plus, Search, Sun, type LucideIcon} from "lucide-react"
import {useEffect, useState, type ReactNode} from "react"
import {Dialog as Radix} from "radix-ui"

import {PhaseBadge} from "@/components/phase-badge"
import {setPreference, type Preferences} from "@/lib/preferences"
import {searchWords} from "@/lib/search-words"
import {useFoundStores} from "@/lib/stores/find-stores"
import {messages} from "@/messages"

import {PLACES} from "./places"

const text = messages.shell
const THEMES: readonly (readonly [Preferences["theme"], LucideIcon])[] = [["system", Monitor], ["light", Sun], ["dark", Moon]]
const PAUSE_MS = 120

/** Everything by its name: pages, stores, actions. */
export default function Palette({open, onOpenChange, onKeys}: {open: boolean; onOpenChange: (open: boolean) => void; onKeys: () => void}) {
  const navigate = useNavigate()
  const [typed, setTyped] = useState("")
  const [search, setSearch] = useState("")
  useEffect(() => {
    const timer = setTimeout(() => { setSearch(searchWords(typed.trim())) }, PAUSE_MS)
    return () => { clearTimeout(timer) }
  }, [typed])
  const stores = useFoundStores(search)
  // What was typed has done its part, also by Escape: the next opening begins anew.
  const change = (now: boolean) => {
    if (!now) setTyped("")
    onOpenChange(now)
  }
  const run = (action: () => void) => () => {
    change(false)
    action()
  }
  const settled = search === searchWords(typed.trim()) && !stores.isPlaceholderData
  const matches = (word: string) => word.toLowerCase().includes(typed.trim().toLowerCase())
  // While the server looks, the stores of other words stay only where they fit: Enter must not open what was not asked for.
  const found = stores.data?.filter(({name, hosts}) => settled || matches(name) || hosts.some(matches)) ?? []
  const places = PLACES.filter(({label}) => matches(label))
  const actions: readonly {label: string; icon: LucideIcon; action: () => void}[] = [
    {label: text.places.create, icon: Plus, action: () => { void navigate({to: "/create"}) }},
    ...THEMES.map(([theme, icon]) => ({label: `${text.theme.label}: ${text.theme[theme]}`, icon, action: () => { setPreference("theme", theme) }})),
    {label: text.palette.keys, icon: Keyboard, action: onKeys},
  ].filter(({label}) => matches(label))
  return (
    <Radix.Root open={open} onOpenChange={change}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45 data-[state=open]:animate-appear" />
        <Radix.Content aria-describedby={undefined} className="fixed inset-x-3 top-3 z-50 mx-auto max-w-xl overflow-hidden rounded-2xl border border-line bg-surface shadow-xl outline-none data-[state=open]:animate-appear sm:top-[14vh]">
          <Radix.Title className="sr-only">{text.palette.title}</Radix.Title>
          {/* The server has filtered the stores, so nothing is left out here. */}
          <Command label={text.palette.title} shouldFilter={false} loop>
            <div className="flex items-center gap-3 border-b border-line px-4">
              <Search aria-hidden className="size-4 shrink-0 text-ink-soft" />
              <Command.Input value={typed} onValueChange={setTyped} placeholder={text.palette.placeholder} className="h-12 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-soft" />
            </div>
            <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-2">
              <Command.Empty className="p-6 text-center text-ink-soft">{stores.isFetching ? text.palette.searching : text.palette.empty}</Command.Empty>
              <Group heading={text.palette.stores} shown={found.length > 0}>
                {found.map(({id, name, hosts, phase}) => (
                  <Item key={id} value={id} onSelect={run(() => { void navigate({to: "/stores/$id", params: {id}}) })}>
                    <span className="min-w-0 flex-1 truncate"><bdi>{name}</bdi> <span className="text-ink-soft">{hosts[0]}</span></span><PhaseBadge phase={phase} />
                  </Item>
                ))}
              </Group>
              <Group heading={text.palette.pages} shown={places.length > 0}>
                {places.map(({to, label, icon: Icon}) => <Item key={to} value={to} onSelect={run(() => { void navigate({to}) })}><Icon aria-hidden className="size-4 text-ink-soft" />{label}</Item>)}
              </Group>
              <Group heading={text.palette.actions} shown={actions.length > 0}>
                {actions.map(({label, icon: Icon, action}) => <Item key={label} value={label} onSelect={run(action)}><Icon aria-hidden className="size-4 text-ink-soft" />{label}</Item>)}
              </Group>
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Group({heading, shown, children}: {heading: string; shown: boolean; children: ReactNode}) {
  if (!shown) return null
  return <Command.Group heading={heading} className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-soft">{children}</Command.Group>
}

function Item({value, onSelect, children}: {value: string; onSelect: () => void; children: ReactNode}) {
  return <Command.Item value={value} onSelect={onSelect} className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-2 data-[selected=true]:bg-raised">{children}</Command.Item>
}
