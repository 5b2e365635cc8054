import {expect, test} from "vitest"

import {Problem} from "./problem"

test("an answer that says nothing, a proxy's own page, says at least what to do", async () => {
  const problem = await Problem.from(new Response("<h1>Bad gateway</h1>", {status: 502}))
  expect(problem.message).toBe("soukd answered 502 without saying why. Try again in a moment.")
  expect(problem.passing).toBe(true)
})
