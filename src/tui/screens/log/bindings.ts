import type { Binding } from '../../keymap.ts'
import type { Session } from '../../session.ts'
import { logHeight } from './height.ts'

const scroll = (rows: (height: number) => number) => async (session: Session) => {
  const height = logHeight(session.state.size)
  await session.log?.scroll(rows(height), height)
}

const half = (height: number) => Math.floor(height / 2)

export const LOG_BINDINGS: readonly Binding[] = [
  { keys: ['esc'], label: 'back', does: 'go back to where you came from', run: (session) => session.back() },
  {
    keys: ['f'],
    label: 'follow',
    does: 'stay at these lines, or follow the newest',
    run: (session) => session.log?.toggleFollow(logHeight(session.state.size)),
  },
  {
    keys: ['o'],
    label: 'out/err',
    does: 'show all, standard output, standard error',
    run: (session) => session.log?.nextStream(),
  },
  { keys: ['k', 'up'], label: 'up', does: 'scroll back a line', run: scroll(() => -1) },
  { keys: ['j', 'down'], label: 'down', does: 'scroll on a line', run: scroll(() => 1) },
  { keys: ['ctrl-u'], does: 'scroll back half a page', run: scroll((height) => -half(height)) },
  { keys: ['ctrl-d'], does: 'scroll on half a page', run: scroll(half) },
  { keys: ['pgup'], does: 'scroll back a page', run: scroll((height) => -height) },
  { keys: ['pgdn'], does: 'scroll on a page', run: scroll((height) => height) },
  {
    keys: ['g', 'home'],
    label: 'start',
    does: 'go to the first lines',
    run: (session) => session.log?.goTo('start'),
  },
  {
    keys: ['G', 'end'],
    label: 'end',
    does: 'go to the last lines and follow',
    run: (session) => session.log?.goTo('end'),
  },
]
