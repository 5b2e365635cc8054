import {waitFor} from "@testing-library/react"
import {expect, test} from "vitest"

import {fakeSoukd} from "@/testing/fake-soukd"
import {renderAlone} from "@/testing/render"

import {Page} from "./page"

test("the browser's tab has the page's name and the title that soukd gives", async () => {
  fakeSoukd({"GET /api/v1/dashboard": () => ({title: "Bazaar", base_path: "/", poll_seconds: 5, version: "1"})})
  renderAlone(<Page title="Engines">x</Page>)
  await waitFor(() => { expect(document.title).toBe("Engines · Bazaar") })
})

test("until it has answered, the product's own", () => {
  fakeSoukd({"GET /api/v1/dashboard": () => new Promise(() => undefined)})
  renderAlone(<Page title="Engines">x</Page>)
  expect(document.title).toBe("Engines · Souk")
})
