// A small HTTP port of its own for the kubelet, in server and worker alike; no Service leads to it.
//   /live    the process answers; says nothing about others, so that a lost database restarts nobody
//   /ready   Medusa is up, and a query and a PING are answered now
const http = require("node:http")
const Redis = require("ioredis")
const { Pool } = require("pg")

const TIMEOUT_MS = 2000

function within(promise, what) {
  let timer
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what} did not answer`)), TIMEOUT_MS) })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

function openStatusPort({ database, cache, host, statusPort }) {
  let started = false
  let redis, pool

  async function check() {
    if (!started) throw new Error("Medusa is starting")
    redis ??= new Redis({ ...cache, enableOfflineQueue: true, maxRetriesPerRequest: 1, retryStrategy: (n) => Math.min(n * 100, 1000) })
      .on("error", () => {})
    pool ??= new Pool({ ...database, max: 1, idleTimeoutMillis: 30_000, connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS })
      .on("error", () => {})
    await Promise.all([within(pool.query("SELECT 1"), "PostgreSQL"), within(redis.ping(), "Valkey")])
  }

  const server = http.createServer((request, response) => {
    const answer = (status, text) => response.writeHead(status, { "content-type": "text/plain" }).end(`${text}\n`)
    if (request.url === "/live") return answer(200, "alive")
    if (request.url !== "/ready") return answer(404, "not found")
    check().then(() => answer(200, "ready"), (error) => answer(503, error.message))
  })
  server.listen(statusPort, host)
  return { setStarted: () => { started = true } }
}

module.exports = { openStatusPort }
