// What Medusa is told in every store. All that differs between stores comes from the environment (lib/settings.js).
const { defineConfig } = require("@medusajs/framework/utils")
const { settings } = require("./lib/settings")

const { databaseUrl, redisUrl, storeUrl, workerMode, jwtSecret, cookieSecret } = settings()
const origin = new URL(storeUrl).origin

module.exports = defineConfig({
  projectConfig: {
    databaseUrl,
    databaseDriverOptions: { ssl: false, sslmode: "disable", pool: { min: 0, max: 8 } },
    redisUrl,
    workerMode,
    http: { storeCors: origin, adminCors: origin, authCors: origin, jwtSecret, cookieSecret },
    // A Secure cookie is never sent over plain HTTP, so nobody could log in at http://<slug>.localhost.
    cookieOptions: { secure: origin.startsWith("https:") },
  },
  admin: { path: "/app", backendUrl: "/" },
  modules: [
    { resolve: "@medusajs/medusa/event-bus-redis", options: { redisUrl } },
    { resolve: "@medusajs/medusa/workflow-engine-redis", options: { redis: { redisUrl } } },
    {
      resolve: "@medusajs/medusa/locking",
      options: {
        providers: [{ id: "locking-redis", resolve: "@medusajs/medusa/locking-redis", is_default: true, options: { redisUrl } }],
      },
    },
    {
      resolve: "@medusajs/medusa/file",
      options: {
        providers: [{ id: "local", resolve: "@medusajs/medusa/file-local", options: { backend_url: `${storeUrl}/static` } }],
      },
    },
  ],
})
