// Every page, with stores in the states that make a page look different. Begun together, because they take their time.
import {api, makeStore, waitPhase} from "./browser.mjs"

/** The engine whose stores fail; pictures call it otherwise (pictured.py). */
const BROKEN = process.argv.includes("--pictures") ? "studio" : "bad-setup"

/** [name, path]; `signedOut` has its own way. */
export async function pagesOf() {
  const [ready, failed, deleted] = await Promise.all([
    ["Green Tea", "shop", "Ready"], ["Broken Lamp", BROKEN, "Failed"], ["Old Carpets", "shop", "Ready"],
  ].map(async ([name, engine, phase]) => {
    const store = await makeStore(name, engine)
    await waitPhase(store.id, phase, 120)
    return store
  }))
  await api("DELETE", `/api/v1/stores/${deleted.id}?confirm=${encodeURIComponent(deleted.name)}`)
  await waitPhase(deleted.id, "Deleted", 120)
  const tabs = ["activity", "logs", "resources", "danger"]
  return [
    ["stores", "/stores"],
    ["stores-none", "/stores?search=nothing-of-this-name"],
    ["stores-deleted", '/stores?phase=["Deleted"]'],
    ["create", "/create"],
    ["store", `/stores/${ready.id}`],
    ...tabs.map((tab) => [`store-${tab}`, `/stores/${ready.id}?tab=${tab}`]),
    ["store-failed", `/stores/${failed.id}`],
    ["store-deleted", `/stores/${deleted.id}`],
    ["operations", "/operations"],
    ["activity", "/activity"],
    ["engines", "/engines"],
    ["platform", "/platform"],
    ["settings", "/settings"],
    ["not-found", "/no/such/page"],
  ]
}
