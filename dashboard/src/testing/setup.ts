import "@testing-library/jest-dom/vitest"
import {cleanup, configure} from "@testing-library/react"
import {afterEach} from "vitest"

// A failed test names what it looked for; the whole page in the log helps nobody. The machine of a test may be busy.
configure({asyncUtilTimeout: 20_000, getElementError: (message) => new Error(message ?? "not found")})

// Nothing is laid out here; lists that draw only what is in view need a view.
Object.defineProperties(HTMLElement.prototype, {
  offsetHeight: {configurable: true, get: () => 400},
  offsetWidth: {configurable: true, get: () => 1000},
})

afterEach(() => {
  cleanup()
  localStorage.clear()
})
