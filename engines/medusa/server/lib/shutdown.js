// Ends the process when Kubernetes asks for it, whatever state it is in.
//
// Medusa's own shutdown waits for its queues to close, and those wait for Valkey for ever. When a store is deleted all its pods are
// asked at the same moment, Valkey is gone first, and the rest would hold the namespace until they are killed.
const { setTimeout: sleep } = require("node:timers/promises")

const GRACE_MS = 8_000 // shorter than terminationGracePeriodSeconds in the chart
const LOOK_MS = 200

/**
 * Call first. Returns what to call once Medusa serves: until then there is nothing to finish and a signal ends the process as soon as
 * it is seen.
 */
function endOnRequest(cache) {
  let serving = false
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.once(signal, () => {
      if (!serving) process.exit(0)
      setTimeout(() => {
        console.error(`Medusa did not shut down within ${GRACE_MS / 1000} seconds`)
        process.exit(1)
      }, GRACE_MS).unref()
      endWithout(cache)
    })
  }
  return () => { serving = true }
}

/** Without Valkey nothing can be finished: what is under way stays in its queue and is done again by the next process. */
async function endWithout(cache) {
  const { canConnect } = require("./wait")
  while (await canConnect(cache)) await sleep(LOOK_MS)
  console.log("Valkey is gone, so there is nothing to wait for")
  process.exit(0)
}

module.exports = { endOnRequest }
