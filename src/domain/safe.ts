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
// JSON itself escapes the controls below a space and lone surrogates.
const RAW_IN_JSON = new RegExp(`[\\u007f-\\u009f]|${INVISIBLE.source}`, 'gu')
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

/** A copy of `value` in which every text, however deep, has passed `clean`; names of fields stay. */
export function safeDeep<T>(value: T, clean: (text: string) => string = safe): T {
  return cleaned(value, clean) as T
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((each) => cleaned(each, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleaned(each, clean)]))
}

/**
 * `value` as JSON that a terminal does nothing about: what `safe` would take out is escaped, so that whoever parses
 * it has the raw values.
 */
export function safeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(RAW_IN_JSON, escaped)
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, at) => unitEscape(character.charCodeAt(at))).join('')
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
