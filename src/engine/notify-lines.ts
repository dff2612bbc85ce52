import type { Digest } from '../domain/digest.ts'
import type { Delivery } from '../domain/notice.ts'
import type { Core } from './core.ts'

const LINES = 20
const LONGEST_LINE = 200

/** Milliseconds for which a digest waits for them; then it goes without. */
const PATIENCE = 15_000

type Lines = Pick<Digest, 'findings' | 'diff'>

/**
 * Adds to a digest what others find out about its batch, when it is sent: to compare outputs may take long, and neither
 * the end of the batch nor whoever wants the turn should wait for that. Every channel is given the same.
 */
export function createLines(core: Core): (delivery: Delivery) => Promise<Delivery> {
  let last: { of: string; lines: Promise<Lines> } | undefined
  return async (delivery) => {
    const { notice } = delivery
    if (notice.event !== 'batch_ended') return delivery
    const { batch_id, ended_at } = notice.digest
    const of = `${batch_id} ${ended_at}`
    if (last?.of !== of) last = { of, lines: inTime(core, batch_id) }
    return { ...delivery, notice: { ...notice, digest: { ...notice.digest, ...(await last.lines) } } }
  }
}

async function inTime({ digests, clock }: Core, batch_id: string): Promise<Lines> {
  const late = Promise.withResolvers<undefined>()
  const cancel = clock.after(PATIENCE, () => late.resolve(undefined))
  const found = await Promise.race([digests?.lines(batch_id), late.promise]).catch(() => undefined)
  cancel()
  return { findings: bounded(found?.findings ?? []), diff: bounded(found?.diff ?? []) }
}

function bounded(lines: readonly string[]): string[] {
  const told = lines.slice(0, LINES).map((line) => line.slice(0, LONGEST_LINE))
  return lines.length > LINES ? [...told.slice(0, -1), `and ${lines.length - LINES + 1} more`] : told
}
