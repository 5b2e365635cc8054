import {fireEvent, screen} from "@testing-library/react"
import {useState} from "react"
import {expect, test} from "vitest"

import {renderAlone} from "@/testing/render"

import {VirtualTable} from "./virtual-table"

let named = 0
const ROWS = Array.from({length: 10_000}, (_, index) => ({id: String(index)}))
const COLUMNS = [{key: "id", title: "Id", cell: ({id}: {id: string}) => id}]
const rowKey = ({id}: {id: string}) => {
  named += 1
  return id
}

function Page() {
  const [times, setTimes] = useState(0)
  return <><button type="button" onClick={() => { setTimes(times + 1) }}>again {times}</button><VirtualTable label="rows" columns={COLUMNS} rows={ROWS} rowKey={rowKey} grid="" /></>
}

test("10,000 rows are measured once and not with each render", () => {
  renderAlone(<Page />)
  named = 0
  fireEvent.click(screen.getByRole("button"))
  expect(named).toBeLessThan(1000)
})
