import { spanWidth } from '../frame.ts'
import { SCREENS } from '../screens/screens.ts'
import { front, type Prompt, type State } from '../state.ts'
import { characters, width } from '../text.ts'
import type { Span, Theme } from '../theme.ts'

/** The line being typed, with its caret in sight, and beside it what is wrong with it or what else there is. */
export function promptLine(state: State, prompt: Prompt, theme: Theme): string {
  const { columns } = state.size
  const sign = prompt.kind === 'filter' ? '/' : ':'
  const note = noteOf(state, prompt)
  const room = columns - width(sign) - 2
  const typed = typedSpans(prompt.field, Math.max(10, room - Math.min(spanWidth(note), room - 20)), theme)
  return theme.paint([{ text: ` ${sign}`, style: 'accent' }, ...typed, ...note], columns)
}

function noteOf(state: State, { kind }: Prompt): Span[] {
  const fault = kind === 'filter' ? SCREENS[front(state)].filter?.fault?.(state) : null
  if (fault) return [{ text: `   ${fault}`, style: 'bad' }]
  const keys =
    kind === 'filter' ? 'Enter keeps it, Esc clears it' : 'Tab completes, Enter does it, Esc leaves'
  return [{ text: `   ${keys}`, style: 'dim' }]
}

/** As much of the line as fits, before the caret and after it. */
function typedSpans({ text, caret }: Prompt['field'], cells: number, { glyphs }: Theme): Span[] {
  const all = characters(text)
  let from = caret
  let used = 1
  while (from > 0 && used + width(all[from - 1] ?? '') <= cells) {
    from -= 1
    used += width(all[from] ?? '')
  }
  return [
    { text: all.slice(from, caret).join(''), style: 'strong' },
    { text: glyphs.caret, style: 'accent' },
    { text: all.slice(caret).join(''), style: 'strong' },
  ]
}
