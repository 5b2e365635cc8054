const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPad)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
]

const first = (list: readonly (readonly [RegExp, string])[], agent: string): string | undefined => list.find(([pattern]) => pattern.test(agent))?.[1]

/** What a User-Agent says to a person: ["Firefox", "Linux"]. What it does not tell is undefined. */
export const readAgent = (agent: string): {browser: string | undefined; system: string | undefined} =>
  ({browser: first(BROWSERS, agent), system: first(SYSTEMS, agent)})
