import { cut, spanWidth } from './frame.ts'
import { KEYED_SCREENS, SCREENS } from './screens/screens.ts'
import type { State } from './state.ts'
import type { Span, Theme } from './theme.ts'

/** Of what a screen says of itself so much stays before the screens lose their names. */
const LEAST_ABOUT = 24
/** A blank at each side. */
const MARGINS = 2

/**
 * Both ends of the upper edge of a frame with `inner` cells: the screens with their keys and, in brackets, where the
 * operator is; and `about`, shortened where that saves the names. What must be said of the engine needs the room more
 * than the way to the other screens.
 */
export function upperEdge(
  state: Pick<State, 'trail' | 'lost'>,
  about: readonly Span[],
  inner: number,
  theme: Theme,
): [tabs: Span[], about: Span[]] {
  const own = spanWidth(about)
  const room = inner - MARGINS - (own > 0 ? MARGINS : 0)
  const least = state.lost ? own : Math.min(own, LEAST_ABOUT)
  const [full, named, bare, alone] = drawings(state, theme)
  const fits = (left: Span[], right: number) => spanWidth(left) + right <= room
  const tabs =
    (fits(full, own) && full) ||
    (fits(named, least) && named) ||
    (state.lost && !fits(bare, least) ? alone : bare)
  return [tabs, cut(about, Math.max(0, room - spanWidth(tabs)), theme.glyphs.ellipsis)]
}

function drawings({ trail: [from, ...opened] }: Pick<State, 'trail'>, { glyphs }: Theme) {
  const here = (title: string) =>
    [title, ...opened.map((name) => SCREENS[name].title)].join(` ${glyphs.into} `)
  const draw = (compact: boolean, screens = KEYED_SCREENS): Span[] =>
    screens.flatMap(({ name, key, title }, index): Span[] => {
      const gap = { text: index === 0 ? '' : ' ' }
      if (name === from) return [gap, { text: `[${key} ${here(title)}]`, style: 'title' }]
      return [gap, { text: compact ? ` ${key} ` : ` ${key} ${title} `, style: 'dim' }]
    })
  const only = KEYED_SCREENS.filter(({ name }) => name === from)
  const full: Span[] = [{ text: 'Zafra  ', style: 'strong' }, ...draw(false)]
  return [full, draw(false), draw(true), draw(true, only)] as const
}
