/** Names one wish of a person, so that asking twice does it once. Not `randomUUID`: browsers have that on HTTPS and loopback only. */
export const randomKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
