// A network between a browser and soukd, with what networks do: it is cut, it is down, it shows soukd in a folder.
import http from "node:http"
import net from "node:net"

import {URL_OF_PAGE} from "./browser.mjs"

/** In front of soukd, on a port of its own. */
export class Wire {
  streams = new Set()
  /** So many streams have begun. */
  begun = 0
  down = false
  /** What was asked for beside the folder. */
  strays = []

  /** `folder`: the path below which soukd is shown; it is taken off. */
  static async start(folder = "") {
    const wire = new Wire()
    const target = new URL(URL_OF_PAGE)
    wire.server = http.createServer((request, answer) => {
      if (wire.down) return void request.socket.destroy()
      if (!request.url.startsWith(`${folder}/`)) {
        wire.strays.push(request.url)
        return void answer.writeHead(404).end()
      }
      const onward = http.request({host: target.hostname, port: target.port, method: request.method, path: request.url.slice(folder.length), headers: {...request.headers, host: target.host, ...(request.headers.origin ? {origin: target.origin} : {})}}, (given) => {
        answer.writeHead(given.statusCode, given.headers)
        answer.flushHeaders()
        given.pipe(answer)
        if (/event-stream/.test(given.headers["content-type"] ?? "")) {
          wire.begun += 1
          wire.streams.add(request.socket)
        }
      })
      onward.on("error", () => { request.socket.destroy() })
      answer.on("close", () => { onward.destroy(); wire.streams.delete(request.socket) })
      request.pipe(onward)
    })
    // The page takes a WebSocket when events fail too often.
    wire.server.on("upgrade", (request, socket, head) => {
      if (wire.down) return void socket.destroy()
      const onward = net.connect(Number(target.port), target.hostname, () => {
        const headers = Object.entries({...request.headers, host: target.host, origin: target.origin}).map(([name, value]) => `${name}: ${value}\r\n`).join("")
        onward.write(`${request.method} ${request.url.slice(folder.length)} HTTP/1.1\r\n${headers}\r\n`)
        onward.write(head)
        onward.pipe(socket)
        socket.pipe(onward)
        wire.begun += 1
        wire.streams.add(socket)
      })
      for (const [one, other] of [[socket, onward], [onward, socket]]) {
        one.on("error", () => { other.destroy() })
        one.on("close", () => { other.destroy(); wire.streams.delete(socket) })
      }
    })
    await new Promise((resolve) => { wire.server.listen(0, "127.0.0.1", resolve) })
    wire.url = `http://127.0.0.1:${wire.server.address().port}${folder}`
    return wire
  }

  /** For a visit: its requests go to another host than soukd's own, and that is meant. */
  get meant() {
    return [new RegExp(`^request to another host: ${this.url}`)]
  }

  cut() {
    const cut = this.streams.size
    for (const socket of this.streams) socket.destroy()
    this.streams.clear()
    return cut
  }

  close() {
    this.cut()
    this.server.closeAllConnections()
    this.server.close()
  }
}
