import { fateOf } from '../../domain/error-group.ts'
import type { Overview, RecentError } from '../../domain/query.ts'
import { absentText } from '../../domain/plan.ts'
import { TASK_STATUSES } from '../../domain/task.ts'
import { safeDeep } from '../../domain/safe.ts'
import { command, facts, type Verdict } from '../command.ts'
import { openReader } from '../open-engine.ts'
import type { Output } from '../output.ts'
import { recoveredPart } from '../progress-lines.ts'
import { suspectLines, suspectSites } from '../suspects.ts'
import { combination, count, countsText, duration } from '../words.ts'
import { commandPlace } from '../workspace.ts'

export const status = command({
  command: 'status',
  describe: 'how the running or latest batch stands, site by site',
  examples: [
    [
      'zafra status',
      'the batch, its sites, what runs, what needs you; exit status 1 where an output is suspect',
    ],
    ['zafra status --json', 'the same as one JSON document'],
  ],
  options: (yargs) => facts(yargs),
  async run(options, output, io): Promise<Verdict> {
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const overview = await reader.query({ type: 'overview' })
      if (output.json) output.document(overview)
      else print(safeDeep(overview), output)
      return (overview.batch?.outputs.suspect ?? 0) > 0 ? 'failed' : 'done'
    } finally {
      await reader.close()
    }
  },
})

function print(overview: Overview, output: Output): void {
  if (output.terminal) printHead(overview, output)
  // A person needs no columns of noughts; a program needs the same columns always.
  const statuses = TASK_STATUSES.filter(
    (name) => !output.terminal || overview.sites.some((site) => site.counts[name] > 0),
  )
  const outputs = (['suspect', 'incomplete'] as const).filter(
    (name) => !output.terminal || overview.sites.some((site) => site.outputs[name] > 0),
  )
  const { batch, engine } = overview
  // For a program the batch stands in every row; for a person it is said once, above.
  const head = output.terminal ? [] : [batch?.batch_id ?? null, batch?.status ?? null, engine.state]
  output.table(
    [
      ...(output.terminal ? [] : [{ name: 'batch_id' }, { name: 'status' }, { name: 'engine' }]),
      { name: 'site' },
      { name: 'state' },
      ...statuses.map((name) => ({ name, align: 'right' as const })),
      ...outputs.map((name) => ({ name, align: 'right' as const })),
      { name: 'rows', align: 'right' as const },
      { name: 'note' },
    ],
    overview.sites.map((site) => [
      ...head,
      site.site,
      site.state,
      ...statuses.map((name) => site.counts[name]),
      ...outputs.map((name) => site.outputs[name]),
      site.rows,
      site.note,
    ]),
  )
  if (output.terminal) printNeeds(overview, output)
  if (!batch) return
  const lines = suspectLines({ batch_id: batch.batch_id, sites: suspectSites(overview.sites) })
  for (const line of lines) output.note(line)
}

function printHead({ batch, engine }: Overview, output: Output): void {
  if (!batch) return output.line('No batch yet; zafra run starts one.')
  const eta = batch.eta_s === null ? '' : `, about ${duration(batch.eta_s)} to go`
  output.line(
    `${output.colour.bold(batch.batch_id)}  ${batch.status}, ${engine.state}  ${duration(batch.elapsed_s)}${eta}`,
  )
  const parts = [countsText(batch.counts), ...recoveredPart(batch), `${count(batch.rows)} rows`]
  output.line(`${count(batch.total_tasks)} tasks: ${parts.join('; ')}`)
  for (const absent of batch.absent_sites) output.line(`${output.colour.red('!')} ${absentText(absent)}`)
  output.line()
}

function printNeeds({ running, recent_errors, alerts }: Overview, output: Output): void {
  const { colour } = output
  for (const task of running) {
    const { page, pages, items } = task.progress
    const progress = [
      page !== null && `page ${page}${pages === null ? '' : ` of ${pages}`}`,
      items !== null && `${items} items`,
    ]
    output.line(
      `${colour.cyan('running')}  ${task.task_id}  ${combination(task)}  ${progress.filter(Boolean).join(', ')}`,
    )
  }
  const recovered = ({ task_status }: RecentError) => Number(fateOf(task_status) === 'recovered')
  const lostFirst = recent_errors.toSorted((one, other) => recovered(one) - recovered(other))
  for (const error of lostFirst.slice(0, 5)) {
    const text = `${error.task_id}  ${combination(error)}  ${error.message}`
    if (recovered(error)) output.line(colour.dim(`${error.error_class}  ${text}  (recovered)`))
    else output.line(`${colour.red(error.error_class)}  ${text}`)
  }
  for (const alert of alerts.filter(({ code }) => code !== 'suspect'))
    output.line(`${colour.yellow('!')} ${alert.message}`)
}
