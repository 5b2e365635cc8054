/** Gives a text to the person as a file, without a server. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], {type}))
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  // Some browsers read it only after this turn.
  setTimeout(() => { URL.revokeObjectURL(url) }, 10_000)
}
