import type { ControlledTransaction, Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** Writes inside the transaction that it is given. */
export type Work<T> = (db: Transaction<Tables>) => Promise<T>

interface Waiting {
  work: Work<unknown>
  end: PromiseWithResolvers<unknown>
}

/**
 * Runs writes one after the other, each all or nothing. Those that come while the disk takes an earlier one go into
 * the next transaction together, so that one sync serves all of them. One that fails is undone alone; where the
 * disk refuses, all of its transaction are undone.
 */
export function groupCommits(db: Kysely<Tables>): <T>(work: Work<T>) => Promise<T> {
  let waiting: Waiting[] = []
  let busy = false

  async function commitAll(): Promise<void> {
    busy = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      await commit(db, group)
    }
    busy = false
  }

  return <T>(work: Work<T>) => {
    const end = Promise.withResolvers<unknown>()
    waiting.push({ work, end })
    if (!busy) void commitAll()
    return end.promise as Promise<T>
  }
}

/** Never rejects. */
async function commit(db: Kysely<Tables>, group: readonly Waiting[]): Promise<void> {
  let transaction: ControlledTransaction<Tables> | undefined
  const acknowledge: (() => void)[] = []
  try {
    transaction = await db.startTransaction().execute()
    for (const { work, end } of group) {
      if (group.length === 1) {
        const answer = await work(transaction)
        acknowledge.push(() => end.resolve(answer))
      } else await workAlone(transaction, { work, end }, acknowledge)
    }
    await transaction.commit().execute()
    for (const each of acknowledge) each()
  } catch (error) {
    // The first error is the one that matters; whoever waits must hear of it, come what may.
    await transaction
      ?.rollback()
      .execute()
      .catch(() => undefined)
    for (const { end } of group) end.reject(error)
  }
}

/** One of several in a transaction: the others do not hear of its failure. */
async function workAlone(
  transaction: ControlledTransaction<Tables>,
  { work, end }: Waiting,
  acknowledge: (() => void)[],
): Promise<void> {
  const before = await transaction.savepoint('before').execute()
  try {
    const answer = await work(before)
    acknowledge.push(() => end.resolve(answer))
  } catch (error) {
    await before.rollbackToSavepoint('before').execute()
    end.reject(error)
  }
  await before.releaseSavepoint('before').execute()
}
