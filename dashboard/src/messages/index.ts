import {en} from "./en"

/** The language of the page. */
export const messages: typeof en = en

/** The lists are open: a word of a newer soukd is shown as it is. */
export const phaseWord = (phase: string): string => messages.phases[phase] ?? phase
export const stepWord = (step: string): string => messages.steps[step] ?? step
export const operationWord = (kind: string): string => messages.operationKinds[kind] ?? kind
export const operationStateWord = (state: string): string => messages.operationStates[state] ?? state
export const eventWord = (type: string): string => messages.eventTypes[type] ?? type
export const conditionWord = (type: string): string => messages.conditions[type] ?? type
export const healthWord = (health: string): string => messages.health[health] ?? health
