// A start of Medusa compiles some 5,000 files. This keeps V8's code of them, and where each `require` leads, in two files that are made
// when the image is built (SOUK_COMPILE_CACHE_RECORD) and only read afterwards. A cache that does not fit (other Node, other flags,
// changed file) is not used; nothing depends on it.
const fs = require("node:fs")
const Module = require("node:module")
const path = require("node:path")
const vm = require("node:vm")

const FORMAT = 1
const identity = () => [FORMAT, process.version, process.arch, process.versions.v8].join(" ")

function open(folder, name) {
  const recording = process.env.SOUK_COMPILE_CACHE_RECORD
  if (recording) return record(path.join(recording, name))
  const cache = load(path.join(folder, name))
  if (cache) install(cache)
}

function load(file) {
  try {
    const index = JSON.parse(fs.readFileSync(`${file}.json`, "utf8"))
    return index.identity === identity() ? { ...index, code: fs.readFileSync(`${file}.bin`) } : undefined
  } catch {
    return undefined
  }
}

/** Compiles `content` as Node does for CommonJS, with or without V8's code for it. */
function compile(filename, content, cachedData) {
  return new vm.Script(Module.wrap(content), { filename, cachedData })
}

/** Code from a cache has lost what import() needs, so files that use it are compiled as always. */
const canBeCached = (filename, content) => /\.c?js$/.test(filename) && !/\bimport\s*\(/.test(content)

function run(script, module, filename) {
  const require = (id) => module.require(id)
  require.resolve = (request, options) => Module._resolveFilename(request, module, false, options)
  require.resolve.paths = (request) => Module._resolveLookupPaths(request, module)
  require.main = process.mainModule
  require.extensions = Module._extensions
  require.cache = Module._cache
  return script.runInThisContext().call(module.exports, module.exports, require, module, filename, path.dirname(filename))
}

function install({ files, resolved, code }) {
  const original = Module.prototype._compile
  Module.prototype._compile = function (content, filename, ...rest) {
    const entry = files[filename]
    if (!entry || entry.length !== content.length) return original.call(this, content, filename, ...rest)
    const script = compile(filename, stripHashbang(content), code.subarray(entry.from, entry.to))
    return run(script, this, filename)
  }
  const resolve = Module._resolveFilename
  Module._resolveFilename = function (request, parent, isMain, options) {
    const known = !options && parent?.filename && resolved[path.dirname(parent.filename)]?.[request]
    return known || resolve.call(this, request, parent, isMain, options)
  }
}

function record(file) {
  const scripts = new Map()
  const resolved = {}
  const original = Module.prototype._compile
  Module.prototype._compile = function (content, filename, ...rest) {
    if (!canBeCached(filename, content)) return original.call(this, content, filename, ...rest)
    let script
    try {
      script = compile(filename, stripHashbang(content))
    } catch {
      return original.call(this, content, filename, ...rest) // an ES module in disguise: Node knows better
    }
    scripts.set(filename, { script, length: content.length })
    return run(script, this, filename)
  }
  const resolve = Module._resolveFilename
  Module._resolveFilename = function (request, parent, isMain, options) {
    const result = resolve.call(this, request, parent, isMain, options)
    if (!options && parent?.filename && path.isAbsolute(result)) (resolved[path.dirname(parent.filename)] ??= {})[request] = result
    return result
  }
  // Written at the very end: only then V8 has code for the functions that really ran.
  process.on("exit", () => {
    const files = {}
    const parts = []
    let from = 0
    for (const [filename, { script, length }] of scripts) {
      const data = script.createCachedData()
      files[filename] = { from, to: from + data.length, length }
      parts.push(data)
      from += data.length
    }
    fs.writeFileSync(`${file}.bin`, Buffer.concat(parts))
    fs.writeFileSync(`${file}.json`, JSON.stringify({ identity: identity(), files, resolved }))
  })
}

function stripHashbang(content) {
  return content.startsWith("#!") ? content.replace(/^.*/, "") : content
}

module.exports = { open }
