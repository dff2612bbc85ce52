import type { Binding } from '../../keymap.ts'
import { moveBindings, type Move } from '../../list/bindings.ts'
import { openFilter } from '../../prompt/prompt.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import type { LogTail } from './tail.ts'
import { logShape } from './shape.ts'
import type { LogView } from './view.ts'

const STREAMS = [undefined, 'out', 'err'] as const

/** `act` on the log that is open. */
const on = (act: (log: LogTail, view: LogView) => void | Promise<void>) => (session: Session) => {
  const { log, state } = session
  return log && state.log ? act(log, state.log) : undefined
}

/** The last lines are followed. */
const move: Move = ({ log, state }, rows) => {
  const by = rows(logShape(state).height)
  if (Number.isFinite(by)) return log?.scroll(by)
  return log?.goTo(by < 0 ? 'start' : 'end')
}

const noSearch = ({ log }: State) => (log?.search ? null : 'nothing is searched for: / does')

const otherAttempt = (by: 1 | -1) =>
  on((log, { attempt }) => (attempt === null ? undefined : log.openAttempt(attempt + by)))

export const LOG_SEARCH_BINDING: Binding = {
  keys: ['/'],
  label: 'search',
  does: 'search the whole log, letter case and accents ignored',
  run: openFilter,
}

/** Among what was found. */
export const LOG_MATCH_BINDINGS: readonly Binding[] = [
  {
    keys: ['n'],
    label: 'next',
    does: 'go to the next match',
    unavailable: noSearch,
    run: on((log) => log.seek('next')),
  },
  {
    keys: ['N'],
    does: 'go to the match before',
    unavailable: noSearch,
    run: on((log) => log.seek('previous')),
  },
  {
    keys: ['esc'],
    label: 'end search',
    does: 'end the search',
    unavailable: noSearch,
    run: on((log) => log.searchFor('')),
  },
]

/** Which of its lines are shown, and how. */
export const LOG_LOOK_BINDINGS: readonly Binding[] = [
  {
    keys: ['f'],
    label: 'follow',
    does: 'stay at these lines, or follow the newest as G does',
    run: on((log) => log.toggleFollow()),
  },
  {
    keys: ['o'],
    label: 'out/err',
    does: 'show standard output, standard error, or both in order',
    run: on((log, { choice }) => {
      const at = STREAMS.findIndex((stream) => stream === choice.stream)
      return log.choose({ stream: STREAMS[(at + 1) % STREAMS.length] })
    }),
  },
  {
    keys: ['e'],
    label: 'errors',
    does: 'show errors only (standard error, and what is told at that level), or everything',
    run: on((log, { choice }) => log.choose({ errors: !choice.errors })),
  },
  {
    keys: ['w'],
    label: 'wrap',
    does: 'wrap long lines, or cut them',
    run: on((log, { look }) => log.dress({ wrap: !look.wrap })),
  },
  {
    keys: ['#'],
    does: 'show the times, or not',
    run: on((log, { look }) => log.dress({ times: !look.times })),
  },
]

export const LOG_MOVE_BINDINGS = moveBindings(move)

export const LOG_BINDINGS: readonly Binding[] = [
  LOG_SEARCH_BINDING,
  ...LOG_MATCH_BINDINGS,
  ...LOG_LOOK_BINDINGS,
  {
    keys: ['['],
    does: 'open the log of the attempt before',
    unavailable: ({ log }) => ((log?.attempt ?? 1) > 1 ? null : 'this is the first attempt'),
    run: otherAttempt(-1),
  },
  {
    keys: [']'],
    does: 'open the log of the next attempt',
    unavailable: ({ log }) =>
      (log?.attempt ?? 1) < (log?.attempts ?? Infinity) ? null : 'this is the last attempt',
    run: otherAttempt(1),
  },
  ...LOG_MOVE_BINDINGS,
]
