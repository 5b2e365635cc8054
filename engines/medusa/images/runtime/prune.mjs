// Copies what runs of a finished `npm ci` and leaves what only builds the admin UI.
// Usage: node prune.mjs PROJECT TARGET
//
// It walks the lockfile from the project's dependencies and does not follow the edges in SKIP; packages that nothing else needs fall
// away. Everything Medusa could load later (S3, Stripe, ...) stays: nothing is left out because a trace did not see it.
import fs from "node:fs"
import path from "node:path"

const SKIP = {
  // Only its `serve` runs here; the rest bundles the admin UI, which is already built.
  "@medusajs/admin-bundler": (name) => !["@medusajs/admin-shared", "compression", "express", "glob", "get-port", "outdent"].includes(name),
  "@medusajs/admin-sdk": () => true,
  // A plugin whose server side is empty; its part of the admin UI is built in.
  "@medusajs/draft-order": () => true,
}
const NEVER = new Set(["react", "react-dom", "typescript", "vite", "@swc/core", "@types/express", "@types/pluralize"])
const UNUSED_FILES = /(\.map|\.d\.[cm]?ts|\.md|\.markdown|\.tsbuildinfo|\.flow)$/
const UNUSED_FOLDERS = new Set(["test", "tests", "__tests__", "docs", "example", "examples", ".github"])

const [project, target] = process.argv.slice(2)
const lock = JSON.parse(fs.readFileSync(path.join(project, "package-lock.json"), "utf8")).packages

/** The folder in node_modules that `from` gets for `name`, as Node resolves it. */
function resolve(from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/"))).replace(/\/$/, "")) {
    const candidate = `${base ? `${base}/` : ""}node_modules/${name}`
    if (lock[candidate]) return candidate
    if (!base) return undefined
  }
}

const kept = new Set()
function keep(folder) {
  if (!folder || kept.has(folder) || !fs.existsSync(path.join(project, folder))) return
  kept.add(folder)
  const entry = lock[folder]
  const skip = SKIP[folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length)]
  const optionalPeers = entry.peerDependenciesMeta ?? {}
  const peers = Object.keys(entry.peerDependencies ?? {}).filter((name) => !optionalPeers[name]?.optional)
  for (const name of [...Object.keys(entry.dependencies ?? {}), ...Object.keys(entry.optionalDependencies ?? {}), ...peers]) {
    if (!NEVER.has(name) && !skip?.(name)) keep(resolve(folder, name))
  }
}
for (const name of Object.keys(lock[""].dependencies)) keep(resolve("", name))

let files = 0, bytes = 0
for (const folder of kept) {
  const source = path.join(project, folder)
  fs.cpSync(source, path.join(target, folder), {
    recursive: true,
    filter(file) {
      const name = path.basename(file)
      if (name === "node_modules" && file !== source) return false // nested packages are kept, or not, by themselves
      const stat = fs.lstatSync(file)
      if (stat.isDirectory()) return !UNUSED_FOLDERS.has(name) || file.includes("/dist/")
      if (UNUSED_FILES.test(name)) return /^licen[cs]e/i.test(name)
      if (folder.endsWith("/figlet") && /\.flf$|importable-fonts/.test(file)) return false // banners
      files++
      bytes += stat.size
      return true
    },
  })
}
// MikroORM makes this folder for each module that is loaded without one; in the image, whose root is read-only, it cannot.
for (const folder of kept) {
  const dist = path.join(target, folder, "dist")
  if (folder.startsWith("node_modules/@medusajs/") && fs.existsSync(dist)) fs.mkdirSync(path.join(dist, "migrations"), {recursive: true})
}
console.log(`kept ${kept.size} of ${Object.keys(lock).length - 1} packages, ${files} files, ${Math.round(bytes / 1e6)} MB`)
