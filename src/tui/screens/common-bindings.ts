import { askToSuspend } from '../ask-to-suspend.ts'
import { askToCopy } from '../copy.ts'
import type { Binding } from '../keymap.ts'
import { openPalette } from '../palette/open.ts'
import { openFilter } from '../prompt/prompt.ts'
import { askToQuit } from '../quit.ts'
import { front, type State } from '../state.ts'
import { KEYED_SCREENS, SCREENS } from './screens.ts'

/** What every screen can do. */
export const COMMON_BINDINGS: readonly Binding[] = [
  {
    keys: ['/'],
    anytime: true,
    label: 'filter',
    does: 'filter the list',
    unavailable: whyNoFilter,
    run: openFilter,
  },
  {
    keys: ['esc'],
    anytime: true,
    label: 'latest batch',
    place: 'always',
    does: 'leave the batch of the past and look at the latest again',
    unavailable: ({ batch, trail }) =>
      batch === null ? 'this is the latest batch' : trail.length > 1 ? 'it goes back first' : null,
    run: (session) => session.viewBatch(null),
  },
  {
    keys: ['esc'],
    anytime: true,
    label: 'back',
    does: 'go back to where you came from',
    unavailable: ({ trail }) => (trail.length > 1 || trail[0] !== 'dashboard' ? null : 'nothing is open'),
    run: (session) => session.back(),
  },
  {
    keys: [':'],
    anytime: true,
    label: 'commands',
    does: 'type a command',
    run: (session) => void openPalette(session),
  },
  {
    keys: ['y'],
    label: 'copy',
    place: 'last',
    does: 'copy from the row, to the clipboard of your own terminal',
    unavailable: (state) =>
      (screen(state).copies?.(state) ?? []).length > 0 ? null : 'nothing to copy here',
    run: (session) => askToCopy(session, screen(session.state).copies?.(session.state) ?? []),
  },
  {
    keys: ['z'],
    anytime: true,
    label: 'freeze',
    place: 'last',
    does: 'freeze what is shown, or let it go on',
    run: (session) => session.set({ frozen: !session.state.frozen }),
  },
  ...KEYED_SCREENS.map(({ name, title, key = '' }) => ({
    keys: [key],
    anytime: true as const,
    does: `go to the ${title.toLowerCase()}`,
    run: (session: Parameters<Binding['run']>[0]) => session.go(name),
  })),
  {
    keys: ['q', 'ctrl-c'],
    anytime: true,
    label: 'quit',
    place: 'always',
    does: 'leave Zafra; asks first if that stops work',
    run: askToQuit,
  },
  {
    keys: ['?'],
    anytime: true,
    label: 'all keys',
    place: 'always',
    does: 'show the keys that work here',
    run: (session) => session.set({ dialog: { kind: 'help', from: 0 } }),
  },
  {
    keys: ['ctrl-l'],
    anytime: true,
    does: 'draw the screen anew',
    run: (session) => session.surroundings.redraw(),
  },
  {
    keys: ['ctrl-z'],
    anytime: true,
    does: 'suspend; fg brings it back; asks first if that holds up work',
    run: askToSuspend,
  },
]

/** A screen with a key of its own for it means something else by its filter. */
function whyNoFilter(state: State): string | null {
  const { filter, bindings } = screen(state)
  const own = bindings.find(({ keys }) => keys.includes('/'))
  if (own) return `${own.label ?? 'something else'} has this key here`
  return filter ? null : 'no list here'
}

function screen(state: State) {
  return SCREENS[front(state)]
}
