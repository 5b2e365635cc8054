import {Card} from "@/components/card"
import {setPreference, usePreferences, type Preferences} from "@/lib/preferences"
import {messages} from "@/messages"

import {Choice} from "./choice"

const text = messages.settings
const THEMES: readonly {value: Preferences["theme"]; label: string}[] = [
  {value: "system", label: text.themes.system},
  {value: "light", label: text.themes.light},
  {value: "dark", label: text.themes.dark},
]
const DENSITIES: readonly {value: Preferences["density"]; label: string}[] = [
  {value: "comfortable", label: text.densities.comfortable},
  {value: "compact", label: text.densities.compact},
]
const LANGUAGES = [{value: "en", label: text.english}] as const

export function LooksCard() {
  const {theme, density} = usePreferences()
  return (
    <Card title={text.looks} actions={<span className="text-[13px] text-ink-soft">{text.looksHint}</span>}>
      <div className="grid gap-5">
        <Choice label={text.theme} value={theme} options={THEMES} onChange={(value) => { setPreference("theme", value) }} />
        <Choice label={text.density} value={density} options={DENSITIES} onChange={(value) => { setPreference("density", value) }} />
        <div className="grid gap-2">
          <Choice label={text.language} value="en" options={LANGUAGES} onChange={() => undefined} />
          <p className="text-[13px] text-ink-soft">{text.languageHint(Intl.DateTimeFormat().resolvedOptions().timeZone)}</p>
        </div>
      </div>
    </Card>
  )
}
