// The rows that Medusa itself makes at every start if they are missing: a store, a sales channel, a publishable key.
//
// Server, worker and setup start at the same time on an empty database, and Medusa's own code would make each of them up to three
// times, with a random key. So each process first lays them here, under one lock, in one transaction, with the key from the Secret.
const { generateEntityId } = require("@medusajs/framework/utils")

const LOCK = 7308327 // any number, the same in all processes

/** @param {import("pg").Client} client */
async function ensureFoundation(client, { storeName, currency, publishableKey }) {
  await client.query("BEGIN")
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK])
    const channel = await ensureChannel(client)
    await ensureStore(client, channel, storeName, currency)
    await ensureKey(client, channel, publishableKey)
    await client.query("COMMIT")
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {})
    throw error
  }
}

async function ensureChannel(client) {
  const found = await client.query(
    `SELECT c.id FROM sales_channel c LEFT JOIN store s ON s.default_sales_channel_id = c.id AND s.deleted_at IS NULL
     WHERE c.deleted_at IS NULL ORDER BY s.id IS NULL, c.created_at LIMIT 1`)
  if (found.rows[0]) return found.rows[0].id
  const id = generateEntityId(undefined, "sc")
  await client.query("INSERT INTO sales_channel (id, name, description) VALUES ($1, 'Storefront', 'The store''s own web shop')", [id])
  return id
}

async function ensureStore(client, channel, name, currency) {
  if ((await client.query("SELECT 1 FROM store WHERE deleted_at IS NULL LIMIT 1")).rows[0]) return
  const id = generateEntityId(undefined, "store")
  await client.query("INSERT INTO store (id, name, default_sales_channel_id) VALUES ($1, $2, $3)", [id, name, channel])
  await client.query("INSERT INTO store_currency (id, currency_code, is_default, store_id) VALUES ($1, $2, true, $3)",
    [generateEntityId(undefined, "stocur"), currency, id])
}

/** Medusa keeps the token of a publishable key as it is: the storefront shows it to everybody. */
async function ensureKey(client, channel, token) {
  const found = await client.query("SELECT id FROM api_key WHERE token = $1 AND deleted_at IS NULL", [token])
  let id = found.rows[0]?.id
  if (!id) {
    id = generateEntityId(undefined, "apk")
    await client.query(
      "INSERT INTO api_key (id, token, salt, redacted, title, type, created_by) VALUES ($1, $2, '', $3, 'Storefront', 'publishable', '')",
      [id, token, `${token.slice(0, 6)}***${token.slice(-3)}`])
  }
  await client.query(
    `INSERT INTO publishable_api_key_sales_channel (id, publishable_key_id, sales_channel_id)
     SELECT $1, $2::varchar, $3::varchar WHERE NOT EXISTS (
       SELECT 1 FROM publishable_api_key_sales_channel WHERE publishable_key_id = $2 AND sales_channel_id = $3 AND deleted_at IS NULL)`,
    [generateEntityId(undefined, "pksc"), id, channel])
}

module.exports = { ensureFoundation }
