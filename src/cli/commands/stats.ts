import { ZafraError } from '../../domain/error.ts'
import type { Query } from '../../domain/query.ts'
import { STATS_DAYS, type Stats, type StatsOf } from '../../domain/stats.ts'
import { command, facts } from '../command.ts'
import { openReader } from '../open-engine.ts'
import type { Output } from '../output.ts'
import { PRINT } from '../stats-tables.ts'
import { commandPlace } from '../workspace.ts'

const ALL = Object.keys(PRINT) as StatsOf[]

export const stats = command({
  command: 'stats <of>',
  describe: 'figures by scraper and day, errors, tasks that keep failing, batches with tasks left, what runs',
  examples: [
    ['zafra stats scrapers --days 180', 'success rate, attempts and minutes of each scraper'],
    ['zafra stats trends', 'per day'],
    ['zafra stats errors --json', 'the ten most frequent messages'],
    ['zafra stats active', 'the latest batch, the batches and the tasks that run'],
  ],
  options: (yargs) =>
    facts(yargs)
      .positional('of', { choices: ALL, demandOption: true, describe: 'which figures' })
      .option('days', {
        type: 'number',
        describe: 'how far back: scrapers 30, trends, errors and incomplete 7 where not said',
      }),
  async run({ of, days, ...options }, output, io) {
    checkDays(of, days)
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const asked: Extract<Query, { type: 'stats' }> = {
        type: 'stats',
        of,
        ...(days !== undefined && { days }),
      }
      show(of, await reader.query(asked), output)
    } finally {
      await reader.close()
    }
  },
})

/** @throws ZafraError `usage` */
function checkDays(of: StatsOf, days: number | undefined): void {
  if (days === undefined) return
  if (STATS_DAYS[of] === undefined) throw new ZafraError('usage', `zafra stats ${of} knows no --days`)
  if (!(days > 0 && days <= LONGEST)) throw new ZafraError('usage', `--days is a number from 1 to ${LONGEST}`)
}

/** A hundred years: further back there is no moment worth asking for. */
const LONGEST = 36_500

function show<Of extends StatsOf>(of: Of, found: Stats[Of], output: Output): void {
  if (output.json) output.document(found)
  else PRINT[of](found, output)
}
