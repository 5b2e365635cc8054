// Which migrations this version needs, and whether a database has them.
//
// schema.json is written when the image is built, by running all migrations on an empty database. It is a list, not a hash, because a
// database that has grown over several versions knows migrations that a new one never ran.
const fs = require("node:fs")
const path = require("node:path")

const FILE = path.join(__dirname, "..", "schema.json")

const APPLIED = `
  SELECT 'module ' || name AS name FROM mikro_orm_migrations
  UNION SELECT 'link ' || table_name FROM link_module_migrations
  UNION SELECT 'script ' || script_name FROM script_migrations WHERE finished_at IS NOT NULL`

/** @returns {Promise<string[]>} sorted; empty for a database without schema */
async function appliedMigrations(client) {
  try {
    return (await client.query(APPLIED)).rows.map((row) => row.name).sort()
  } catch (error) {
    if (error.code === "42P01") return [] // no such table
    throw error
  }
}

function neededMigrations() {
  return JSON.parse(fs.readFileSync(FILE, "utf8"))
}

async function isComplete(client) {
  const applied = new Set(await appliedMigrations(client))
  return neededMigrations().every((name) => applied.has(name))
}

module.exports = { FILE, appliedMigrations, isComplete }
