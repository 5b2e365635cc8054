import {Page} from "@/components/page"
import {messages} from "@/messages"

import {ApiCard} from "./api-card"
import {LooksCard} from "./looks-card"
import {SessionsCard} from "./sessions-card"

export function SettingsPage() {
  return (
    <Page title={messages.settings.title}>
      <div className="grid max-w-3xl gap-4">
        <LooksCard />
        <SessionsCard />
        <ApiCard />
      </div>
    </Page>
  )
}
