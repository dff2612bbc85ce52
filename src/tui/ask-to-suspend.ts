import { closingStops } from './quit.ts'
import type { Session } from './session.ts'

/** Suspends at once where nothing waits for this program, else asks: the engine would stand still with it. */
export async function askToSuspend(session: Session): Promise<void> {
  const overview = session.state.shown?.overview
  if (!overview || !closingStops(overview)) return session.surroundings.suspend()
  session.set({
    dialog: {
      kind: 'question',
      title: 'Suspend',
      destroys: true,
      text: [
        `The work of batch ${overview.batch?.batch_id ?? ''} is done by this program and stands still with it:`,
        'what runs goes on unwatched, and nothing new starts until fg.',
      ],
      answers: [{ key: 'z', label: 'suspend all the same', run: (asked) => asked.surroundings.suspend() }],
      no: 'stay',
    },
  })
}
