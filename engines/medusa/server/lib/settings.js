// Every setting of the programs in this folder, read from the environment in one place.

/** @param {string} name @param {string} [fallback] */
function read(name, fallback) {
  const value = process.env[name]
  if (value !== undefined && value !== "") return value
  if (fallback !== undefined) return fallback
  throw new Error(`the environment variable ${name} is not set`)
}

function settings() {
  const encode = encodeURIComponent
  const database = {
    host: read("DATABASE_HOST", "127.0.0.1"),
    port: Number(read("DATABASE_PORT", "5432")),
    user: "medusa",
    password: read("DATABASE_PASSWORD", "build"),
    database: "medusa",
  }
  const cache = {
    host: read("VALKEY_HOST", "127.0.0.1"),
    port: Number(read("VALKEY_PORT", "6379")),
    password: read("VALKEY_PASSWORD", "build"),
  }
  return {
    database,
    cache,
    databaseUrl: `postgres://${database.user}:${encode(database.password)}@${database.host}:${database.port}/${database.database}`,
    redisUrl: `redis://:${encode(cache.password)}@${cache.host}:${cache.port}`,
    storeUrl: read("STORE_URL", "http://localhost:9000").replace(/\/+$/, ""),
    storeName: read("STORE_NAME", "Store"),
    currency: read("STORE_CURRENCY", "eur").toLowerCase(),
    workerMode: read("MEDUSA_WORKER_MODE", "server"),
    // Undefined only while images are built; Medusa itself refuses to serve without them.
    jwtSecret: process.env.JWT_SECRET,
    cookieSecret: process.env.COOKIE_SECRET,
    host: read("LISTEN_HOST", "0.0.0.0"),
    port: Number(read("LISTEN_PORT", "9000")),
    statusPort: Number(read("STATUS_PORT", "9100")),
  }
}

module.exports = { settings, read }
