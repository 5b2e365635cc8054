// One line per milestone of a start, in milliseconds since the process began.
function mark(what) {
  console.log(JSON.stringify({ level: "info", message: `souk: ${what}`, ms: Math.round(performance.now()) }))
}

module.exports = { mark }
