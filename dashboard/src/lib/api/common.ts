import {z} from "zod"

/** Times arrive as RFC 3339 and live as Date. */
export const time = z.iso.datetime().transform((text) => new Date(text))
export const maybeTime = time.nullable()

export const failure = z.object({reason: z.string(), message: z.string()})

export const stepRecord = z.object({name: z.string(), state: z.string(), started: maybeTime, ended: maybeTime, message: z.string()})
export type StepRecord = z.infer<typeof stepRecord>

export const progress = z.object({percent: z.number(), step: z.string().nullable(), steps: z.array(stepRecord)})
export type Progress = z.infer<typeof progress>
