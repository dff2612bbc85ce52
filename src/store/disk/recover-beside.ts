import { setTimeout } from 'node:timers/promises'
import { reason, ZafraError } from '../../domain/error.ts'
import type { Files } from './files.ts'
import { namesBeside } from './names.ts'
import { recover, type Recovered } from './recover.ts'

const TRIES = 5
const TRY_AGAIN_MS = 50

/**
 * As `recover`, while another process may own the database: it can replace the snapshot and drop a journal
 * between our reading the one and the other, so a failure is looked at again.
 * @throws ZafraError `not_found` where there is no database, `database` where it cannot be used
 */
export async function recoverBeside(
  files: Files,
  path: string,
  now: Date,
  tries = TRIES,
): Promise<Recovered> {
  try {
    const found = await recover(files, namesBeside(path), now)
    if (found) return found
  } catch (error) {
    if (tries > 1) {
      await setTimeout(TRY_AGAIN_MS)
      return recoverBeside(files, path, now, tries - 1)
    }
    if (error instanceof ZafraError) throw error
    throw new ZafraError('database', `${path} cannot be read: ${reason(error)}`, { cause: error })
  }
  throw new ZafraError('not_found', `there is no database ${path} yet; the first batch makes it (zafra run)`)
}
