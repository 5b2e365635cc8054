import {fileURLToPath} from "node:url"

import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import type {Plugin} from "vite"
import {defineConfig} from "vitest/config"

/** `npm run dev` talks to a soukd that runs already; with a token, as who owns it. */
const target = process.env.SOUK_SERVER ?? "http://127.0.0.1:8090"
const soukd = {target, ws: true, headers: process.env.SOUK_TOKEN ? {Authorization: `Bearer ${process.env.SOUK_TOKEN}`} : {}}

/** Every state of every component at /stories; of the dev server only. */
const stories: Plugin = {
  name: "stories",
  configureServer: (server) => {
    server.middlewares.use((request, _, next) => {
      if (/^\/stories(\?|$)/.test(request.url ?? "")) request.url = "/stories.html"
      next()
    })
  },
}

export default defineConfig({
  // soukd knows only when it runs below which path people see it: addresses in index.html begin with "./", which it replaces.
  base: "./",
  plugins: [react(), tailwindcss(), stories],
  resolve: {alias: {"@": fileURLToPath(new URL("./src", import.meta.url))}},
  // Small files stay files: `data:` in a page would need a wider Content-Security-Policy.
  build: {target: "es2022", assetsInlineLimit: 0, sourcemap: false, modulePreload: {polyfill: false}},
  server: {proxy: {"/api": soukd, "/docs": soukd, "/openapi.yaml": soukd}},
  // More files at a time than processors: a few wait for what happens after seconds. Threads begin sooner than processes.
  test: {pool: "threads", maxWorkers: 3, environment: "happy-dom", setupFiles: ["src/testing/setup.ts"], restoreMocks: true, unstubGlobals: true, testTimeout: 60_000},
})
