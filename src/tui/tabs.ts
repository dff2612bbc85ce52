import { spanWidth } from './frame.ts'
import { KEYED_SCREENS, SCREENS } from './screens/screens.ts'
import type { State } from './state.ts'
import type { Span, Theme } from './theme.ts'

/**
 * The screens with their keys and, in brackets, where the operator is: as much as fits in `cells`. What must be said of
 * the engine needs the room more than the way to the other screens.
 */
export function tabs(state: Pick<State, 'trail' | 'lost'>, cells: number, { glyphs }: Theme): Span[] {
  const [from, ...opened] = state.trail
  const here = (title: string) =>
    [title, ...opened.map((name) => SCREENS[name].title)].join(` ${glyphs.into} `)
  const draw = (compact: boolean, screens = KEYED_SCREENS): Span[] =>
    screens.flatMap(({ name, key, title }, index): Span[] => {
      const gap = { text: index === 0 ? '' : ' ' }
      if (name === from) return [gap, { text: `[${key} ${here(title)}]`, style: 'title' }]
      return [gap, { text: compact ? ` ${key} ` : ` ${key} ${title} `, style: 'dim' }]
    })
  const named: Span[] = [{ text: 'Zafra  ', style: 'strong' }, ...draw(false)]
  const only = KEYED_SCREENS.filter(({ name }) => name === from)
  const all = [named, draw(false), draw(true)]
  return all.find((spans) => spanWidth(spans) <= cells) ?? draw(true, state.lost ? only : KEYED_SCREENS)
}
