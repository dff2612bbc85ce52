import { safe } from '../../domain/safe.ts'
import { EMPTY } from '../prompt/field.ts'
import type { Session } from '../session.ts'

/** How many of the latest batches the palette knows. */
const BATCHES = 200

/** Begins to type a command, and learns the names that it may hold. */
export async function openPalette(session: Session): Promise<void> {
  session.set({ prompt: { kind: 'palette', field: EMPTY, chosen: 0, past: 0 } })
  const { engine } = session.surroundings
  // Without an answer nothing is completed; what cannot be asked is said by the screen that shows it.
  const [batches, schedule] = await Promise.allSettled([
    engine.query({ type: 'batches', offset: 0, limit: BATCHES }),
    engine.query({ type: 'schedule', offset: 0, limit: 0 }),
  ])
  session.set({
    words: {
      batches:
        batches.status === 'fulfilled' ? batches.value.batches.map(({ batch_id }) => safe(batch_id)) : [],
      schedules:
        schedule.status === 'fulfilled' ? schedule.value.schedules.map(({ name }) => safe(name)) : [],
    },
  })
}
