import {z} from "zod"

import {answer, type Wire} from "@/lib/api/answer"

import {storeEvent} from "./event"

/** A page of events, newest first. */
export const eventPage = z.object({events: z.array(storeEvent), next_page_token: z.string()})

/** Where a stream goes on. That events were missed counts also when this cannot be read. */
export const place = z.object({number: z.number().optional().catch(undefined)}).catch({})

/** Stores whose objects changed. It is no event: it has no number and is not kept. */
export const objectHint = answer<Wire<"ObjectHint">>()(z.object({stores: z.array(z.string())}))

/** What soukd says over a WebSocket (api/events.md). What is not among these is no news: a sign of life, or a word of a newer soukd. */
export const socketMessage = z.discriminatedUnion("type", [
  z.object({type: z.literal("ready"), number: z.number().optional().catch(undefined)}),
  z.object({type: z.literal("event"), event: storeEvent}),
  z.object({type: z.literal("objects"), stores: z.array(z.string())}),
  z.object({type: z.literal("resync"), number: z.number().optional().catch(undefined)}),
])
