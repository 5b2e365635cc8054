// Ends the process when Kubernetes asks for it, whatever state it is in.
//
// Medusa's own shutdown waits for its queues to close, and those wait for Valkey for ever. When a store is deleted all its pods are
// asked at the same moment, Valkey is gone first, and the rest would hold the namespace until they are killed.
const GRACE_MS = 8_000 // shorter than terminationGracePeriodSeconds in the chart

/** Call first. Returns what to call once Medusa serves: until then there is nothing to finish and a signal ends the process at once. */
function endOnRequest() {
  let serving = false
  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.once(signal, () => {
      if (!serving) process.exit(0)
      setTimeout(() => {
        console.error(`Medusa did not shut down within ${GRACE_MS / 1000} seconds`)
        process.exit(1)
      }, GRACE_MS).unref()
    })
  }
  return () => { serving = true }
}

module.exports = { endOnRequest }
