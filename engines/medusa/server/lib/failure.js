// An error with a reason a person is shown; setup writes it to its termination message.

class Failure extends Error {
  /** @param {string} reason PascalCase @param {string} message one sentence */
  constructor(reason, message) {
    super(message)
    this.reason = reason
  }
}

module.exports = { Failure }
