/**
 * The one sanitiser: every text that came from a scraper, a page, a list or a log passes here before it
 * reaches a terminal (source: faults.md, Security).
 */

// OSC, DCS, APC, PM, SOS with their text up to BEL or ST, to the end if unterminated; 7-bit and 8-bit forms.
const STRINGS = /(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[\s\S]*?(?:\u0007|\u001b\\|\u009c|$)/g
// CSI sequences, SGR included; then any other escape sequence.
const SEQUENCES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*(?:[@-~]|$)|\u001b[ -/]*(?:[0-~]|$)/g
// Bidirectional controls, zero-width characters, variation selectors, tags, soft hyphen, BOM; line separators.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}|[\u2028\u2029\ufff9-\ufffb]/gu
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g
// A lone surrogate cannot be encoded; terminals and JSON readers disagree about what it becomes.
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const NEEDS_WORK = /[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff]/

/** `text` as one line without anything a terminal would act on: sequences dropped, tabs a space, other controls in caret notation. */
export function safe(text: string): string {
  if (!NEEDS_WORK.test(text)) return text
  return text
    .replace(STRINGS, '')
    .replace(SEQUENCES, '')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(CONTROLS, caret)
}

function caret(control: string): string {
  const code = control.charCodeAt(0)
  if (code === 9) return ' '
  if (code === 127) return '^?'
  if (code < 32) return `^${String.fromCharCode(code + 64)}`
  return `<${code.toString(16)}>`
}
