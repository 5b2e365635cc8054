/** What a state means to a person; its colour comes from here and is never its only sign. */
export type Tone = "good" | "busy" | "warn" | "bad" | "still"
