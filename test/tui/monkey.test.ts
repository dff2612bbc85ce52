import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Command } from '../../src/domain/command.ts'
import { press } from '../../src/tui/press.ts'
import type { Dialog } from '../../src/tui/state.ts'
import { monkey } from '../stress/monkey.ts'
import { busyOverview } from '../support/overview.ts'
import { task } from '../support/task.ts'
import { openSession } from '../support/tui-session.ts'

test(
  'random keys and resizes during a batch that fails here and there do no harm',
  { timeout: 120_000 },
  async () => {
    const seed = Math.floor(Math.random() * 1_000_000)
    const { wrong, crashes, ...told } = await monkey(120, seed)
    // All of it in one look: on failure the seed and what was wrong are there.
    expect({ ...told, wrong: wrong.join('\n'), crashes: crashes.join('\n') }).toMatchObject({
      seed,
      wrong: '',
      crashes: '',
      cancelled: 0,
      restored: true,
    })
  },
)

/** Keys of every kind, those that act more often than the others. */
const KEYS = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...Array.from('rRcdpabyusDz *v123'), 'enter', 'esc', 'ctrl-c') },
  { weight: 1, arbitrary: fc.constantFrom(...Array.from('jkgGlmPBoenqw4567:/t?'), 'tab', 'ctrl-z', 'up') },
)

test('no key cancels, accepts, drains or retries more than a row unless a question for it is answered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(KEYS, { minLength: 1, maxLength: 40 }), async (keys) => {
      expect(await unasked(keys)).toEqual([])
    }),
    { numRuns: 100 },
  )
})

/** What the engine was told to end or to do to many without a yes. */
async function unasked(keys: readonly string[]): Promise<Command[]> {
  const { engine, session, rest } = await openSession(busyOverview())
  engine.tasks = STATUSES.map((status, index) => task({ id: index + 1, status, attempts: 1 }))
  const told: Command[] = []
  for (const key of keys) {
    const before = engine.commands.length
    const { dialog } = session.state
    await press(session, key)
    await rest()
    if (!answers(dialog, key)) told.push(...engine.commands.slice(before).filter(needsYes))
  }
  return told
}

const STATUSES = ['running', 'pending', 'completed', 'permanently_failed', 'failed', 'cancelled'] as const

/** What is under the cursor may be retried at once: a task, a site, a group of failures. */
function needsYes(command: Command): boolean {
  if (command.type !== 'retry') return ['cancel', 'cancel_batch', 'accept', 'drain'].includes(command.type)
  const { ids, site, error } = command.filter
  return ids ? ids.length > 1 : site === undefined && error === undefined
}

function answers(dialog: Dialog | null, key: string): boolean {
  if (dialog?.kind !== 'question') return false
  return dialog.answers.some((answer) => answer.key === (key === 'enter' ? dialog.enter : key))
}
