// Waiting for the other parts of the store, in steps that cost neither CPU nor time.
const net = require("node:net")
const { setTimeout: sleep } = require("node:timers/promises")
const { Client } = require("pg")
const { Failure } = require("./failure")

const STEP_MS = 200

/** Calls `attempt` until it returns something; throws `failure(last error)` after `seconds`. */
async function until(attempt, seconds, failure) {
  const end = Date.now() + seconds * 1000
  let last
  for (;;) {
    try {
      const result = await attempt()
      if (result) return result
    } catch (error) {
      last = error
      // No amount of waiting makes a wrong password right.
      if (error.code === "28P01" || error.code === "28000") throw failure(error)
    }
    if (Date.now() > end) throw failure(last)
    await sleep(STEP_MS)
  }
}

function canConnect({ host, port }) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 2000 })
    const done = (result) => { socket.destroy(); resolve(result) }
    socket.once("connect", () => done(true)).once("error", () => done(false)).once("timeout", () => done(false))
  })
}

function waitForCache(cache, seconds) {
  return until(() => canConnect(cache), seconds, () =>
    new Failure("CacheUnavailable", `Valkey at ${cache.host}:${cache.port} did not answer within ${seconds} seconds.`))
}

/** Calls `use` with a connected client and closes it. */
async function withDatabase(database, use) {
  const client = new Client({ ...database, connectionTimeoutMillis: 3000 })
  client.on("error", () => {}) // a lost connection shows in the query that fails
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end().catch(() => {})
  }
}

function waitForDatabase(database, seconds, condition = async () => true) {
  return until(() => withDatabase(database, condition), seconds, (error) =>
    new Failure("DatabaseUnavailable",
      `The database at ${database.host}:${database.port} was not usable within ${seconds} seconds: ${error ? error.message : "its schema is older than this version"}.`))
}

module.exports = { canConnect, until, waitForCache, waitForDatabase, withDatabase }
