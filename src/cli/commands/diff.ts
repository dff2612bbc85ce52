import { DIFF_KINDS, type DiffKind } from '../../domain/diff.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import { command, facts } from '../command.ts'
import { printDiff, printListings, wholeDiff } from '../diff-printer.ts'
import { planFilters, toFilter } from '../filters.ts'
import { openReader } from '../open-engine.ts'
import { commandPlace } from '../workspace.ts'

export const diff = command({
  command: 'diff <from> <to>',
  describe: 'listings new, proved gone, not seen once, and with another price from one batch to a later one',
  examples: [
    [
      'zafra diff Sep25_01 Sep25_02',
      'per combination and in sum; addresses added to the lists; slower sites',
    ],
    [
      'zafra diff Sep25_01 Sep25_02 --listings down --site CyT --csv',
      'what became cheaper, for a spreadsheet',
    ],
    [
      'zafra diff Sep25_01 Sep25_02 --json',
      '{from, to, only, rows, sum, total, combinations, urls, sites, listings}',
    ],
  ],
  options: (yargs) =>
    planFilters(facts(yargs))
      .positional('from', { type: 'string', demandOption: true, describe: 'id of the earlier batch' })
      .positional('to', { type: 'string', demandOption: true, describe: 'id of the later batch' })
      .option('listings', { choices: DIFF_KINDS, describe: 'the listings of one kind, one by one' })
      .option('search', {
        type: 'string',
        requiresArg: true,
        implies: 'listings',
        describe: 'of those the ones that this finds, as typed in the list: jardines variant:2 !url:promo',
      })
      .option('csv', { type: 'boolean', describe: 'comma-separated, formulas defused', conflicts: 'json' }),
  async run({ from, to, listings, search, ...options }, output, io) {
    const filter: TaskFilter = toFilter(options)
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const kind: DiffKind | undefined = listings
      const wanted = kind && { kind, ...(search !== undefined && { search }) }
      const asked = { type: 'diff', from, to, filter } as const
      if (wanted && !output.json)
        return await printListings(reader, asked, wanted, output, options.csv ?? false)
      const view = await wholeDiff(reader, asked, wanted)
      if (output.json) output.document(view)
      else printDiff(view, output, options.csv ?? false)
    } finally {
      await reader.close()
    }
  },
})
