import {messages} from "@/messages"

const {units} = messages

/** Numbers, sizes and times in the reader's own way of writing them. */
const locale = (): string => navigator.language || "en"

const UNITS = ["year", "month", "week", "day", "hour", "minute", "second"] as const
const SECONDS: Record<(typeof UNITS)[number], number> = {year: 31_557_600, month: 2_629_800, week: 604_800, day: 86_400, hour: 3_600, minute: 60, second: 1}

/** "3 minutes ago", "in 2 days". */
export function relative(when: Date, now: Date): string {
  const seconds = (when.getTime() - now.getTime()) / 1000
  const unit = UNITS.find((u) => Math.abs(seconds) >= SECONDS[u]) ?? "second"
  return new Intl.RelativeTimeFormat(locale(), {numeric: "auto"}).format(Math.trunc(seconds / SECONDS[unit]), unit)
}

/** "1 min 12 s", "4.2 s": at most two units, never a rounding up to the next one. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 10) return units.seconds((Math.floor(seconds * 10) / 10).toLocaleString(locale()))
  const whole = Math.floor(seconds)
  if (whole < 60) return units.seconds(String(whole))
  if (whole < 3600) return units.minutes(String(Math.floor(whole / 60)), String(whole % 60))
  if (whole < 86_400) return units.hours(String(Math.floor(whole / 3600)), String(Math.floor((whole % 3600) / 60)))
  return units.days(String(Math.floor(whole / 86_400)), String(Math.floor((whole % 86_400) / 3600)))
}

export const exact = (when: Date): string => when.toLocaleString(locale(), {dateStyle: "medium", timeStyle: "medium"})
export const day = (when: Date): string => when.toLocaleDateString(locale(), {dateStyle: "full"})
/** Hours, minutes and seconds alone. */
export const clock = (when: Date): string => when.toLocaleTimeString(locale(), {timeStyle: "medium"})
/** For the axis of a chart: the hour, or the day where days are shown. */
export const shortTime = (when: Date, days: boolean): string => when.toLocaleString(locale(), days ? {day: "numeric", month: "short"} : {hour: "2-digit", minute: "2-digit"})
export const count = (value: number): string => value.toLocaleString(locale())
export const percent = (share: number): string => share.toLocaleString(locale(), {style: "percent", maximumFractionDigits: 0})

/** Bytes in binary units, as Kubernetes counts them. */
export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(units.bytes.length - 1, Math.floor(Math.log2(value) / 10))
  const scaled = value / 1024 ** power
  return `${scaled.toLocaleString(locale(), {maximumFractionDigits: scaled < 10 && power > 0 ? 1 : 0})} ${units.bytes[power] ?? ""}`
}

const FACTORS: Record<string, number> = {
  "": 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4,
}
/** A Kubernetes quantity ("250m", "2Gi") as a number; NaN for anything else. */
export function quantity(text: string): number {
  const found = /^([0-9]+(?:\.[0-9]+)?)([A-Za-z]*)$/.exec(text)
  const factor = FACTORS[found?.[2] ?? "?"]
  return found && factor !== undefined ? Number(found[1]) * factor : NaN
}

/** Processors, from thousandths of them: "0.25", "2". */
export const cores = (millicores: number): string => (millicores / 1000).toLocaleString(locale(), {maximumFractionDigits: millicores < 100 ? 3 : 2})
