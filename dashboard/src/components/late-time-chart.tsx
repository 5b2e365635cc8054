import {useCallback, useEffect, useState} from "react"

import {part, type Part} from "@/lib/part"

import {ProblemNotice} from "./notice"
import type {TimeChart, TimeChartProps} from "./time-chart"

interface Program {
  TimeChart: typeof TimeChart
}

const charts = part<Program>(() => import("./time-chart"))

/** A chart on a page that is worth looking at before its program has come. */
export function LateTimeChart({from = charts, ...chart}: TimeChartProps & {from?: Part<Program>}) {
  const [program, setProgram] = useState(from.now)
  const [error, setError] = useState<unknown>(null)
  const bring = useCallback(() => { from.bring().then(setProgram, setError) }, [from])
  useEffect(bring, [bring])
  if (program) return <program.TimeChart {...chart} />
  return error ? <ProblemNotice error={error} onRetry={bring} /> : null
}
