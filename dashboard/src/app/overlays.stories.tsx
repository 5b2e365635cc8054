import {Button} from "@/components/button"
import {part} from "@/lib/part"
import {store, storeKeys} from "@/lib/stores/store"
import {toast} from "@/lib/toasts"
import {messages} from "@/messages"
import {Opens} from "@/stories/opens"
import {click, see} from "@/stories/steps"
import type {Stories} from "@/stories/story"
import {withData} from "@/stories/with-data"
import {aStore} from "@/testing/samples"

import {KeysDialog} from "./keys-dialog"
import Palette from "./palette"
import {usePalette} from "./use-palette"

const stores = (...found: ReturnType<typeof aStore>[]) => [[...storeKeys.all, "palette", ""], {stores: found.map((one) => store.parse(one)), next_page_token: ""}] as const
const palette = (close: () => void) => <Palette open onOpenChange={close} onKeys={() => undefined} />

const never = part(() => Promise.reject(new TypeError("Failed to fetch")))

function Opener() {
  const {openPalette, shownPalette} = usePalette(() => undefined, never)
  return <><Button onClick={openPalette}>Search</Button>{shownPalette}</>
}

const Toasts = () => (
  <div className="flex gap-2">
    <Button onClick={() => { toast({tone: "good", title: "Green Tea is ready", href: "/stores/str_1"}) }}>Good</Button>
    <Button onClick={() => { toast({tone: "bad", title: "Green Tea failed", text: "The image cannot be pulled.", href: "/stores/str_1"}) }}>Bad</Button>
    <Button onClick={() => { toast({tone: "info", title: "Green Tea is suspended"}) }}>Info</Button>
  </div>
)

export default {
  title: "Overlays",
  states: {
    "palette": () => withData([stores(aStore(), aStore({id: "str_2", name: "<b>Red</b> \u202ETea", phase: "Failed"}))], <Opens show={palette} />),
    "palette without a store": () => withData([stores()], <Opens show={palette} />),
    "palette that has not come": () => <Opens show={() => <Opener />} steps={[click("Search"), see(messages.shell.palette.missing)]} />,
    "keys": () => <Opens show={(close) => <KeysDialog open onOpenChange={close} />} />,
    "toasts": () => <Opens show={() => <Toasts />} steps={["Good", "Bad", "Info"].map(click)} />,
  },
} satisfies Stories
