import {Link, Outlet, useLocation, useNavigate} from "@tanstack/react-router"
import {BookOpen, Keyboard, LogOut, Menu as MenuIcon, Monitor, Moon, Search, Sun} from "lucide-react"
import {useCallback, useEffect, useRef, useState} from "react"

import {Button} from "@/components/button"
import {Logo} from "@/components/logo"
import {Menu, type MenuItem} from "@/components/menu"
import {base} from "@/lib/base"
import {cn} from "@/lib/cn"
import {useDashboard} from "@/lib/dashboard/dashboard"
import {setPreference, usePreferences} from "@/lib/preferences"
import {useSignOut} from "@/lib/session/sign-out"
import {dismissToast, toast} from "@/lib/toasts"
import {messages} from "@/messages"

import {Connection, ConnectionNotice} from "./connection"
import {KeysDialog} from "./keys-dialog"
import {PLACES, type Place} from "./places"
import {useKeys} from "./use-keys"
import {useNews} from "./use-news"
import {usePalette} from "./use-palette"

const text = messages.shell
/** On a phone the rest is in the menu. */
const AT_HAND = 3

/** Navigation, keys and the state of the connection; the page is inside. */
export function Shell() {
  const navigate = useNavigate()
  const {pathname} = useLocation()
  const title = useDashboard().data?.title ?? messages.product
  const signOut = useSignOut()
  const refused = useRef(0)
  const {theme} = usePreferences()
  const [keys, setKeys] = useState(false)
  const showKeys = useCallback(() => { setKeys(true) }, [])
  const {openPalette, shownPalette} = usePalette(showKeys)
  const main = useRef<HTMLElement>(null)
  useNews()

  // A new page begins at its beginning, for the eyes by the router and for the keyboard here.
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    main.current?.focus({preventScroll: true})
  }, [pathname])

  useKeys({
    "mod+k": openPalette,
    "?": showKeys,
    "c": () => { void navigate({to: "/create"}) },
    "/": () => {
      const field = document.querySelector<HTMLInputElement>('[data-key="/"]')
      if (field) field.focus()
      else openPalette()
    },
    "a": () => { document.querySelector<HTMLElement>('[data-key="a"]')?.focus() },
    ...Object.fromEntries(PLACES.map(({to, key}) => [`g ${key}`, () => { void navigate({to}) }])),
  })

  const leave = () => {
    dismissToast(refused.current)
    signOut.mutate(undefined, {onError: (error) => { refused.current = toast({tone: "bad", title: text.notSignedOut, text: error.message}) }})
  }
  const docs = () => { window.open(`${base}/docs`, "_blank", "noopener") }
  const shared: readonly MenuItem[] = [
    {label: `${text.theme.label}: ${text.theme.system}`, icon: Monitor, onSelect: () => { setPreference("theme", "system") }, disabled: theme === "system", apart: true},
    {label: `${text.theme.label}: ${text.theme.light}`, icon: Sun, onSelect: () => { setPreference("theme", "light") }, disabled: theme === "light"},
    {label: `${text.theme.label}: ${text.theme.dark}`, icon: Moon, onSelect: () => { setPreference("theme", "dark") }, disabled: theme === "dark"},
    {label: text.docs, icon: BookOpen, onSelect: docs, apart: true},
    {label: text.palette.keys, icon: Keyboard, onSelect: showKeys},
    {label: text.signOut, icon: LogOut, onSelect: leave, apart: true},
  ]
  const rest: readonly MenuItem[] = PLACES.slice(AT_HAND).map(({to, label, icon}) => ({label, icon, onSelect: () => { void navigate({to}) }}))

  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] md:grid-cols-[14rem_minmax(0,1fr)] md:grid-rows-1">
      <button type="button" onClick={() => { main.current?.focus() }} className="sr-only focus:not-sr-only focus:absolute focus:z-10 focus:m-2 focus:rounded-lg focus:bg-surface focus:p-3">{text.skip}</button>

      <header className="flex h-13 items-center gap-2 border-b border-line bg-surface px-3 md:hidden">
        <Link to="/stores" className="flex min-w-0 flex-1 items-center gap-2.5 font-semibold"><Logo className="size-7 shrink-0" /><span className="truncate">{title}</span></Link>
        <Connection />
        <Button kind="quiet" size="icon" aria-label={text.palette.open} onClick={openPalette}><Search aria-hidden /></Button>
      </header>

      <header className="hidden min-h-0 flex-col gap-1 overflow-y-auto border-r border-line bg-surface p-3 md:flex">
        <Link to="/stores" className="mb-2 flex items-center gap-2.5 rounded-lg px-2 py-1.5 text-base font-semibold tracking-tight"><Logo className="size-7 shrink-0" /><span className="truncate">{title}</span></Link>
        <button type="button" onClick={openPalette} className="mb-3 flex h-9 items-center gap-2.5 rounded-lg border border-line px-2.5 text-[13px] text-ink-soft hover:border-line-strong">
          <Search aria-hidden className="size-4" /><span className="flex-1 text-left">{text.palette.open}</span><kbd className="rounded border border-line px-1 font-sans text-[11px]">{/mac/i.test(navigator.userAgent) ? text.keys.command : `${text.keys.control} `}K</kbd>
        </button>
        <nav aria-label={text.menu} className="grid gap-0.5">
          {PLACES.map((place) => <PlaceLink key={place.to} place={place} active={pathname.startsWith(place.to) || (place.to === "/stores" && pathname === "/create")} />)}
        </nav>
        <div className="mt-auto flex items-center gap-1 pt-3">
          <Connection className="flex-1" />
          <Menu label={text.more} items={shared} align="start"><Button kind="quiet" size="icon" aria-label={text.more}><MenuIcon aria-hidden /></Button></Menu>
        </div>
      </header>

      <main ref={main} tabIndex={-1} className="flex min-h-0 flex-col overflow-y-auto outline-none">
        <ConnectionNotice />
        <Outlet />
      </main>

      <nav aria-label={text.menu} className="grid grid-cols-4 gap-1 border-t border-line bg-surface px-2 py-1.5 md:hidden">
        {PLACES.slice(0, AT_HAND).map((place) => <PlaceLink key={place.to} place={place} small active={pathname.startsWith(place.to)} />)}
        <Menu label={text.more} items={[...rest, ...shared]}>
          <button type="button" className={cn(LINK, "flex-col gap-1 px-1 py-1.5 text-[11px]")}><MenuIcon aria-hidden className="size-5" />{text.more}</button>
        </Menu>
      </nav>

      {shownPalette}
      <KeysDialog open={keys} onOpenChange={setKeys} />
    </div>
  )
}

const LINK = "flex items-center rounded-lg text-ink-soft hover:bg-raised hover:text-ink"

function PlaceLink({place: {to, label, icon: Icon}, active, small = false}: {place: Place; active: boolean; small?: boolean}) {
  return (
    <Link
      to={to}
      aria-current={active ? "page" : undefined}
      className={cn(LINK, small ? "flex-col gap-1 px-1 py-1.5 text-[11px]" : "gap-3 px-2.5 py-2", active && "bg-accent-soft font-medium text-ink hover:bg-accent-soft")}
    >
      <Icon aria-hidden className={cn(small ? "size-5" : "size-4", active && "text-accent")} />{label}
    </Link>
  )
}
