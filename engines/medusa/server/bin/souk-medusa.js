#!/usr/bin/env node
// The one program of the image.
//   souk-medusa server    HTTP API and admin UI
//   souk-medusa worker    jobs, subscribers, workflows in the background
//   souk-medusa setup     makes an empty shop ready to sell, then ends; safe to run again
//   souk-medusa migrate   brings the database's schema to this version, then ends
//
// Code is loaded while the database is still coming up, so most of a start costs no waiting.
const path = require("node:path")

const root = path.join(__dirname, "..")
const mode = process.argv[2]
if (!["server", "worker", "setup", "migrate"].includes(mode)) {
  console.error("usage: souk-medusa server|worker|setup|migrate")
  process.exit(2)
}
process.chdir(root)
process.env.MEDUSA_WORKER_MODE = mode === "worker" ? "worker" : "server"
require("../lib/compile-cache").open(path.join(root, "compile-cache"), mode)

const { settings, read } = require("../lib/settings")
const timer = require("../lib/timer")

async function serve() {
  const all = settings()
  const served = require("../lib/shutdown").endOnRequest(all.cache)
  const { openStatusPort } = require("../lib/status")
  const status = openStatusPort(all)
  const { waitForCache, waitForDatabase, withDatabase } = require("../lib/wait")
  const { isComplete } = require("../lib/schema")
  const { ensureFoundation } = require("../lib/foundation")
  const { default: start } = require("@medusajs/medusa/commands/start")
  require("@medusajs/medusa/core-flows")
  timer.mark("code loaded")

  await Promise.all([waitForCache(all.cache, 600), waitForDatabase(all.database, 600, isComplete)])
  timer.mark("database and cache answered")
  await withDatabase(all.database, (client) => ensureFoundation(client, { ...all, publishableKey: read("PUBLISHABLE_KEY") }))

  const { server } = await start({ directory: root, host: all.host, port: all.port })
  served()
  // Medusa logs a taken port and lives on without listening.
  server.on("error", (error) => { console.error(error); process.exit(1) })
  if (!server.listening) await new Promise((resolve) => server.once("listening", resolve))
  status.setStarted()
  timer.mark(`${mode} is up`)
}

const run = {
  server: serve,
  worker: serve,
  setup: () => require("../lib/setup").setup(root),
  migrate: () => require("../lib/migrate").migrate(root),
}[mode]

run().catch((error) => {
  console.error(error)
  process.exit(1)
})
