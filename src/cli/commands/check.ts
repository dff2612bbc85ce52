import type { Doubt } from '../../domain/check.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Views } from '../../domain/query.ts'
import { command, facts, type Verdict } from '../command.ts'
import { openReader, type Reader } from '../open-engine.ts'
import type { Output } from '../output.ts'
import { allPages } from '../pages.ts'
import { combination, many } from '../words.ts'
import { commandPlace } from '../workspace.ts'

export const check = command({
  command: 'check [batch]',
  describe: "what the checks thought of a batch's outputs",
  examples: [
    [
      'zafra check',
      'of the running or latest batch; exit status 1 where an output is in doubt, or was refused and none has come since',
    ],
    ['zafra check Sep25_01 --json', '{batch_id, counts, total, doubts: [{task_id, verdict, findings, …}]}'],
  ],
  options: (yargs) => facts(yargs).positional('batch', { type: 'string', describe: 'batch id' }),
  async run(options, output, io): Promise<Verdict> {
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const view = await wholeView(reader, options.batch ?? (await latest(reader)))
      if (output.json) output.document(view)
      else print(view, output)
      const { suspect, failed } = view.counts
      return suspect + failed > 0 ? 'failed' : 'done'
    } finally {
      await reader.close()
    }
  },
})

async function latest(reader: Reader): Promise<string> {
  const { batch } = await reader.query({ type: 'overview' })
  if (!batch) throw new ZafraError('not_found', 'there is no batch yet; zafra run starts one')
  return batch.batch_id
}

async function wholeView(reader: Reader, batch_id: string): Promise<Views['checks']> {
  const view = await reader.query({ type: 'checks', batch_id, offset: 0, limit: 1 })
  const doubts = await allPages(
    async (page) => (await reader.query({ type: 'checks', batch_id, ...page })).doubts,
  )
  return { ...view, doubts }
}

function print({ batch_id, counts, doubts }: Views['checks'], output: Output): void {
  const { completed, suspect, accepted, failed, mended } = counts
  if (doubts.length > 0) output.table(COLUMNS, doubts.flatMap(lines))
  output.note(
    `${batch_id}: ${many(completed, 'output')} delivered, of which ${suspect} suspect and ${accepted} taken by ` +
      `the operator; ${many(failed, 'attempt')} refused` +
      (mended > 0 ? `; ${many(mended, 'attempt')} refused earlier, delivered since` : ''),
  )
  if (suspect > 0)
    output.note(
      'zafra accept ID takes a suspect output for good, for which its detail task waits; zafra retry ID fetches it again',
    )
}

const COLUMNS = [
  { name: 'task', align: 'right' },
  { name: 'attempt', align: 'right' },
  { name: 'combination' },
  { name: 'verdict' },
  { name: 'finding' },
  { name: 'message' },
] as const

/** One line per finding: each is a reason of its own. */
function lines({ task_id, attempt, findings, ...doubt }: Doubt) {
  const verdict = doubt.mended ? 'mended' : doubt.accepted_at === null ? doubt.verdict : 'accepted'
  return findings.map(({ code, message }) => [task_id, attempt, combination(doubt), verdict, code, message])
}
