// Medusa's own migration command, as a process of its own: it starts more of them.
const { spawn } = require("node:child_process")
const { Failure } = require("./failure")

function migrate(root) {
  return new Promise((resolve, reject) => {
    const failure = (what) => new Failure("MigrationFailed", `The database could not be brought to this version: ${what}.`)
    const child = spawn(process.execPath, [require.resolve("@medusajs/cli/cli.js"), "db:migrate"], { cwd: root, stdio: "inherit" })
    child.once("error", (error) => reject(failure(error.message)))
    child.once("close", (code, signal) => (code === 0 ? resolve() : reject(failure(signal ?? `exit code ${code}`))))
  })
}

module.exports = { migrate }
