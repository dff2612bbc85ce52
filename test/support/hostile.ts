import fc from 'fast-check'

const FOREIGN =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb]|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}/u

/** Whether a terminal, or the eye, takes `text` for just what it is. */
export function harmless(text: string): boolean {
  return text.isWellFormed() && !FOREIGN.test(text)
}

/** The pieces of everything that terminals act on, so that sequences arise whole, cut, nested and without an end. */
const PIECES = [
  '\u001b \u009b \u009d \u0090 \u0098 \u009e \u009f \u009c [ ] P X ^ _ \\ ( # 0; 52;c; 8;; ?25l 31m 2J q'.split(
    ' ',
  ),
  '\u0000 \u0007 \b \t \r \n \u007f \u0085 \u202e \u2066 \u061c \u2028 \u2029 \ufff9 \ud83d \ude00'.split(
    ' ',
  ),
  '\u200b \u200d \ufe0f \u00ad \ufeff \u{e0041} \u{1d173} á 再 e\u0301'.split(' '),
  [' '],
].flat()

export const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((parts) => parts.join('')),
)
