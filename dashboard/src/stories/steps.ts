/** What a person does in a story before its state is there. */
export type Step = () => Promise<void>

const EVERY_MS = 20
const TRIES = 750

/** The first that is found. */
export async function until<Found>(what: string, look: () => Found | undefined, most = TRIES): Promise<Found> {
  for (let tries = 0; tries < most; tries++) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => { setTimeout(resolve, EVERY_MS) })
  }
  throw new Error(`The story waits for ${what}.`)
}

const all = <Kind extends HTMLElement>(selector: string): Kind[] => [...document.querySelectorAll<Kind>(selector)]
const nameOf = (element: HTMLElement): string => (element.getAttribute("aria-label") ?? element.textContent).trim()

/** What has this name, the newest of them: a dialog lies over what opened it. */
export const click = (name: string): Step => async () => {
  const found = await until(`something to click: ${name}`, () => all("button:not(:disabled), input[type=checkbox]").findLast((element) => nameOf(element) === name))
  found.click()
}

export const write = (label: string, text: string): Step => async () => {
  const field = await until(`a field: ${label}`, () => {
    const control = all<HTMLLabelElement>("label").findLast((element) => nameOf(element) === label)?.control
    return control instanceof HTMLInputElement ? control : undefined
  })
  // React sees only what goes past its own setter.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text)
  field.dispatchEvent(new Event("input", {bubbles: true}))
}

/** A text, or an element by its selector (`[aria-busy=true]`). `tries`: after so many it is not waited for any more. */
export const see = (what: string, tries?: number): Step => async () => {
  await until(what, () => (what.startsWith("[") ? document.querySelector(what) : document.body.textContent.includes(what)) || undefined, tries)
}
