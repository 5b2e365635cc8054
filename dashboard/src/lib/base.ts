const written = document.querySelector<HTMLMetaElement>('meta[name="souk-base"]')?.content ?? ""

/** Path under which soukd's pages and API are reached, without a slash at its end: a proxy may have put them into a folder. soukd writes it. */
export const base = written.startsWith("/") ? written.replace(/\/$/, "") : ""
