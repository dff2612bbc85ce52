import type { Binding } from '../keymap.ts'
import { askToQuit } from '../quit.ts'
import { askToSuspend } from '../ask-to-suspend.ts'

/** What every screen can do. */
export const COMMON_BINDINGS: readonly Binding[] = [
  {
    keys: ['?'],
    label: 'help',
    does: 'show the keys that work here',
    run: (session) => session.set({ dialog: { kind: 'help', from: 0 } }),
  },
  {
    keys: ['q', 'ctrl-c'],
    label: 'quit',
    does: 'leave Zafra; asks first if that stops work',
    run: askToQuit,
  },
  { keys: ['ctrl-l'], does: 'draw the screen anew', run: (session) => session.surroundings.redraw() },
  {
    keys: ['ctrl-z'],
    does: 'suspend; fg brings it back; asks first if that holds up work',
    run: askToSuspend,
  },
]
