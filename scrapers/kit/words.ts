/**
 * Where words end between the tags of a page. A browser knows it from style sheets, which we do not load, so the rule
 * goes by the names of the elements:
 *
 * - Blocks, lists, cells, line breaks, pictures: always.
 * - Inline elements that authors put values in (`span`, `a`, and all that is not named below): too, but not before
 *   `,` `.` `;` `:` `)` or `%`, nor after `(`.
 * - Elements that mark a part of a text (`b`, `i`, `em` …): not where a number or a word goes on (`<b>1</b>2`), unless
 *   two stand side by side (`<b>1</b><b>2</b>`) or one is empty, an icon.
 * - `sup`, `sub` and `wbr`: never (`m<sup>2</sup>`). Neither do comments.
 */
const PARTS_OF_WORDS: ReadonlySet<string> = new Set(['sup', 'sub', 'wbr'])
const MARKS: ReadonlySet<string> = new Set(
  'b strong i em u s small big mark font tt ins del strike'.split(' '),
)
const INLINE: ReadonlySet<string> = new Set(
  'span a label time data abbr acronym cite q code kbd samp var bdi bdo dfn output button meter'.split(' '),
)

const CLOSES = /^[,.;:)\]%!?»”]/
const OPENS = /[([¿¡«“]$/

/** The tags between one text and the next. */
export class Seam {
  /** How strongly the tags part: 0 not, 1 marks, 2 values, 3 blocks. */
  private strength = 0
  /** The last mark was closed (-1) or opened (1). */
  private lastMark = 0

  /** Notes a tag. */
  pass(name: string, closing: boolean): void {
    if (PARTS_OF_WORDS.has(name)) return
    if (!MARKS.has(name)) {
      this.strength = Math.max(this.strength, INLINE.has(name) || name.includes('-') ? 2 : 3)
      return
    }
    const direction = closing ? -1 : 1
    const turned = this.lastMark !== 0 && this.lastMark !== direction
    this.lastMark = direction
    this.strength = Math.max(this.strength, turned ? 2 : 1)
  }

  /** Whether a word ends between the texts `before` and `after`; forgets the tags. */
  parts(before: string, after: string): boolean {
    const { strength } = this
    this.strength = 0
    this.lastMark = 0
    if (strength === 0) return false
    if (strength === 3) return true
    const end = before.slice(-2)
    if (CLOSES.test(after) || OPENS.test(end)) return false
    return strength === 2 || !goesOn(end, after)
  }
}

/** Whether a word or a number that ends `before` goes on in `after`. */
export function goesOn(before: string, after: string): boolean {
  return (
    (/\p{L}$/u.test(before) && /^\p{Ll}/u.test(after)) ||
    (/\d[.,'’]?$/.test(before) && /^[.,]?\d/.test(after))
  )
}
