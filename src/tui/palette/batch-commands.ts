import { askToCancelBatch } from '../acts/batch.ts'
import { openDiff } from '../screens/diff/load.ts'
import type { Session } from '../session.ts'
import type { PaletteCommand } from './commands.ts'

/** What can be typed of batches that are not in view. */
export const BATCH_COMMANDS: readonly PaletteCommand[] = [
  {
    name: 'diff',
    argument: 'BATCH BATCH',
    does: 'show what the later of two batches found otherwise',
    candidates: ({ words }) => words.batches,
    run: compare,
  },
  {
    name: 'cancel batch',
    argument: 'BATCH',
    does: 'cancel what is left of a batch; asks first',
    acts: true,
    candidates: ({ words }) => words.batches,
    run: (session, argument) => (argument === '' ? 'which batch?' : cancelBatch(session, argument)),
  },
]

/** In whichever order they are typed; of those that are not known, the first is taken for the earlier. */
function compare(session: Session, argument: string): string | undefined {
  const [one = '', other = '', ...more] = argument.split(/\s+/)
  if (other === '' || more.length > 0) return 'which two batches?'
  if (one === other) return 'a batch differs in nothing from itself'
  const { batches } = session.state.words
  const [from, to] =
    batches.includes(one) && batches.indexOf(one) < batches.indexOf(other) ? [other, one] : [one, other]
  openDiff(session, from, to)
  return undefined
}

async function cancelBatch(session: Session, batch_id: string): Promise<void> {
  const view = await session.ask({ type: 'overview', batch_id })
  if (!view?.batch) return
  const { status, counts } = view.batch
  if (status !== 'running') return session.notify(`${batch_id} is ${status} already`, 'warn')
  const { pending, running, retrying, failed } = counts
  askToCancelBatch(session, batch_id, pending + running + retrying + failed)
}
