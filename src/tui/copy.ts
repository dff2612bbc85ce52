import type { Copy } from './screens/screen.ts'
import type { Session } from './session.ts'

/** What terminals take at least (source: tui.md, copy): 74,994 characters of base64. */
const LONGEST = 74_994

/**
 * The sequence that puts `text` on the clipboard of whoever sits at the terminal, or undefined where it is too long.
 * @param tmux whether tmux is between: it is then asked both to take it and to hand it on, as either may be off
 */
export function clipboardSequence(text: string, tmux: boolean): string | undefined {
  const base64 = Buffer.from(text).toString('base64')
  if (base64.length > LONGEST) return undefined
  const sequence = `\u001b]52;c;${base64}\u0007`
  return tmux ? `${sequence}\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\` : sequence
}

/** Copies at once what is the only thing to copy, else asks which. */
export function askToCopy(session: Session, copies: readonly Copy[]): void {
  const [only, ...others] = copies
  if (only && others.length === 0) return copy(session, only)
  session.set({
    dialog: {
      kind: 'question',
      title: 'Copy',
      text: ['To the clipboard of your own terminal:'],
      answers: copies.map((each) => ({
        key: each.key,
        label: `${each.what.padEnd(6)} ${each.text}`,
        run: (asked) => copy(asked, each),
      })),
      no: 'nothing',
    },
  })
}

function copy(session: Session, { what, text }: Copy): void {
  // Whether the terminal took it cannot be known.
  if (session.surroundings.copy(text)) session.notify(`${what} sent via OSC 52`)
  else session.notify(`${what} is too long for a terminal's clipboard`, 'warn')
}
