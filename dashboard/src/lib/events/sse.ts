export interface SseMessage {
  event: string
  data: string
  id: string | undefined
}

/**
 * Reads text/event-stream. Not the browser's EventSource: that hides comments (soukd's sign of life), status codes (401 ends a session)
 * and every event type it was not told of.
 *
 * @param onAlive called with every piece that arrives, comments included
 */
export async function readSse(body: ReadableStream<Uint8Array>, onMessage: (message: SseMessage) => void, onAlive: () => void): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ""
  let event = ""
  let data: string[] = []
  let id: string | undefined
  for (;;) {
    const {done, value} = await reader.read()
    if (done) return
    onAlive()
    const lines = (rest + decoder.decode(value, {stream: true})).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ""
    for (const line of lines) {
      if (line === "") {
        if (data.length > 0 || id !== undefined) onMessage({event: event || "message", data: data.join("\n"), id})
        event = ""
        data = []
        id = undefined
        continue
      }
      const colon = line.indexOf(":")
      if (colon === 0) continue
      const field = colon < 0 ? line : line.slice(0, colon)
      const content = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "")
      if (field === "event") event = content
      else if (field === "data") data.push(content)
      else if (field === "id" && !content.includes("\0")) id = content
    }
  }
}
