import {useNavigate, useSearch} from "@tanstack/react-router"
import {useCallback, useEffect, useState} from "react"
import {z} from "zod"

/** What the address bar says of the form: a link may choose the engine, and a log-in in between loses nothing. */
export const createView = z.object({
  name: z.string().optional().catch(undefined),
  engine: z.string().optional().catch(undefined),
  plan: z.string().optional().catch(undefined),
})
export interface CreateForm {
  name: string
  engine: string
  plan: string
}

const PAUSE_MS = 200
/** More letters than this are no name, and no address either. */
const MOST_LETTERS = 200

/** The form as it is typed. The address follows after a pause, or at once by `keep`; it is read at the beginning only, for it lags behind the keys. */
export function useCreateForm(): {form: CreateForm; change: (next: Partial<CreateForm>) => void; keep: () => void} {
  const view = useSearch({from: "/create"})
  const navigate = useNavigate({from: "/create"})
  const [form, setForm] = useState<CreateForm>({name: view.name ?? "", engine: view.engine ?? "", plan: view.plan ?? ""})
  const {engine, plan} = form
  const name = Array.from(form.name).slice(0, MOST_LETTERS).join("")
  const kept = name === (view.name ?? "") && engine === (view.engine ?? "") && plan === (view.plan ?? "")
  const keep = useCallback(() => {
    void navigate({search: {name: name || undefined, engine: engine || undefined, plan: plan || undefined}, replace: true})
  }, [navigate, name, engine, plan])
  useEffect(() => {
    if (kept) return undefined
    const timer = setTimeout(keep, PAUSE_MS)
    return () => { clearTimeout(timer) }
  }, [kept, keep])
  return {form, change: (next) => { setForm((old) => ({...old, ...next})) }, keep}
}
