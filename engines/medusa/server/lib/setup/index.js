// Makes an empty shop ready to sell. Every step looks first and repairs what a killed run left half done, so it may run again at any time.
const fs = require("node:fs")
const { settings, read } = require("../settings")
const { Failure } = require("../failure")
const timer = require("../timer")
const LOCK = 7308328

/** Where Kubernetes reads why a container ended. */
const TERMINATION_LOG = process.env.TERMINATION_LOG || "/dev/termination-log"

async function setup(root) {
  // Killed by its deadline or by hand: say so, as far as there is time.
  process.once("SIGTERM", () => fail(new Failure("SetupInterrupted", "The setup was stopped before it was done.")))
  try {
    await run(root)
    process.exit(0)
  } catch (error) {
    fail(error)
  }
}

function fail(error) {
  console.error(error)
  const reason = error instanceof Failure ? error.reason : "SetupFailed"
  const message = error instanceof Failure ? error.message : `The shop could not be set up: ${error.message ?? error}`
  try {
    fs.writeFileSync(TERMINATION_LOG, JSON.stringify({ reason, message: message.slice(0, 1000) }))
  } catch { /* not in Kubernetes: the log above says it */ }
  process.exit(1)
}

async function run(root) {
  const all = settings()
  const publishableKey = read("PUBLISHABLE_KEY")
  const admin = { email: read("ADMIN_USERNAME"), password: read("ADMIN_PASSWORD") }

  const { waitForCache, waitForDatabase } = require("../wait")
  const { isComplete } = require("../schema")
  const { default: load } = require("@medusajs/medusa/loaders/index")
  require("@medusajs/medusa/core-flows")
  const { ensureFoundation } = require("../foundation")
  timer.mark("code loaded")

  await Promise.all([waitForCache(all.cache, 180), waitForDatabase(all.database, 180)])
  const { Client } = require("pg")
  const client = new Client(all.database)
  client.on("error", fail)
  await client.connect()
  // Two setups at once take turns; the lock ends with the connection.
  await client.query("SELECT pg_advisory_lock($1)", [LOCK])
  if (!(await isComplete(client))) {
    timer.mark("the schema is older than this version")
    await require("../migrate").migrate(root)
  }
  timer.mark("schema complete")
  await ensureFoundation(client, { ...all, publishableKey })

  const { container } = await load({ directory: root, expressApp: require("express")(), skipLoadingEntryPoints: true })
  timer.mark("Medusa loaded")
  const { ensureAdmin } = require("./admin")
  const { ensureShop } = require("./shop")
  const { ensureProducts } = require("./products")
  await ensureAdmin(container, admin)
  timer.mark("admin user is there")
  const shop = await ensureShop(container, all)
  timer.mark("region, taxes, stock location and shipping are there")
  await ensureProducts(container, shop, all)
  timer.mark("products are there")
}

module.exports = { setup }
