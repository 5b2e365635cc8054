/**
 * Text that programs or strangers wrote, for people to read. What a terminal would obey is taken out; React keeps markup text; the
 * direction marks stay inside their own `<bdi>`.
 */

// Escape sequences: CSI (colours, cursor), OSC (titles, links), strings (DCS, SOS, PM, APC) and two-byte ones; also by their C1 bytes.
const SEQUENCES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|(?:\u001b[PX^_]|[\u0090\u0098\u009e\u009f])[^\u001b\u009c]*(?:\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g
// Other controls: tabs stay.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** One line without anything that a terminal would obey. What a program wrote over with carriage returns is its last writing. */
export function clean(line: string): string {
  const plain = line.replace(SEQUENCES, "")
  // Not by a pattern: on a long row of them that would look from each one to the end.
  let end = plain.length
  while (end > 0 && plain[end - 1] === "\r") end -= 1
  return plain.slice(end > 0 ? plain.lastIndexOf("\r", end - 1) + 1 : 0, end).replace(CONTROLS, "\ufffd")
}

/** So much of a line is shown; the rest on demand. */
export const LINE_CUT = 2000
