import { absentText, isOfList, type Plan, type PlannedTask, type Problem } from '../domain/plan.ts'
import type { PlanView } from '../domain/query.ts'
import { safe } from '../domain/safe.ts'
import type { Output } from './output.ts'
import type { PlanAnswer } from './plans.ts'
import { reachText } from './scraper/reach.ts'
import { count, duration, many } from './words.ts'

/** How many problems of a kind are shown until all are asked for. */
const FIRST_PROBLEMS = 5

const TASK_COLUMNS = [
  'scraper_name',
  'website',
  'city',
  'operation',
  'product',
  'variant',
  'url',
  'order_num',
  'output_path',
  'depends_on',
] as const satisfies readonly (keyof PlannedTask)[]

/** The plan as cli.md gives it for `zafra plan --json`. */
export function planDocument({ rows, planned, duplicates, rejected, tasks, problems }: Plan) {
  return {
    rows,
    planned,
    duplicates,
    rejected,
    tasks: tasks.map((task) => Object.fromEntries(TASK_COLUMNS.map((name) => [name, task[name]]))),
    problems: problems.map(({ file, line, severity, message, remedy }) => ({
      file,
      line,
      severity,
      message,
      remedy,
    })),
  }
}

/** Every task as a line; problems beside them, on standard error. */
export function printPlannedTasks(
  { plan, reaches, split_faults, absent_sites }: PlanAnswer,
  output: Output,
): void {
  output.table(
    TASK_COLUMNS.map((name) => ({ name })),
    plan.tasks.map((task) => TASK_COLUMNS.map((name) => task[name])),
  )
  for (const absent of absent_sites) output.note(safe(absentText(absent)))
  for (const problem of plan.problems) output.note(problemLine(problem))
  for (const reach of reaches) output.note(reachText(reach))
  for (const fault of split_faults) output.note(safe(fault))
}

/** For a person: what would be done in sum, then what is wrong; with `all`, every task and every problem. */
export function printPlan(answer: PlanAnswer, all: boolean, output: Output): void {
  const { plan, batch_id, minutes } = answer
  const { colour } = output
  output.line(
    `${colour.bold(safe(batch_id))}  ${many(plan.tasks.length, 'task')}, about ${duration(60 * minutes)}`,
  )
  output.line(
    `${many(plan.rows, 'row')} = ${count(plan.planned)} planned + ${count(plan.duplicates)} exact duplicates + ${count(plan.rejected)} rejected`,
  )
  output.line()
  printSites(answer, output)
  for (const absent of answer.absent_sites) output.line(`${colour.red('!')} ${safe(absentText(absent))}`)
  for (const reach of answer.reaches) output.line(safe(reachText(reach)))
  for (const fault of answer.split_faults) output.line(`${colour.red('!')} ${safe(fault)}`)
  if (all) printTasks(plan, output)
  for (const [severity, title] of [
    ['error', 'errors'],
    ['warning', 'warnings'],
    ['duplicate', 'exact duplicates'],
  ] as const) {
    printProblems(
      title,
      plan.problems.filter((problem) => problem.severity === severity),
      all,
      output,
    )
  }
  if (!all) output.line(colour.dim('zafra plan --all shows every task in its order and every problem.'))
}

function printSites({ plan, sites }: PlanAnswer, output: Output): void {
  const right = 'right' as const
  output.table(
    [
      { name: 'site' },
      { name: 'name' },
      { name: 'tasks', align: right },
      { name: 'detail', align: right },
      { name: 'about', align: right },
      { name: 'scrapers' },
    ],
    [...Map.groupBy(plan.tasks, (task) => task.website)].map(([site, tasks]) => {
      const { name, minutes } = sites.get(site) ?? { name: site, minutes: null }
      return [
        site,
        name,
        count(tasks.length),
        count(tasks.filter((task) => task.depends_on !== null).length),
        minutes === null ? '' : duration(60 * minutes),
        [...new Set(tasks.map((task) => task.scraper_name))].join(', '),
      ]
    }),
  )
}

function printTasks({ tasks }: Plan, output: Output): void {
  for (const [site, own] of Map.groupBy(tasks, (task) => task.website)) {
    output.line()
    output.line(output.colour.bold(safe(site)))
    output.table(
      [
        { name: 'order', align: 'right' },
        { name: 'scraper' },
        { name: 'after' },
        { name: 'url' },
        { name: 'output' },
      ],
      own.map((task) => [
        task.order_num,
        task.scraper_name,
        task.depends_on === null ? '' : (tasks[task.depends_on]?.scraper_name ?? ''),
        task.url,
        task.output_path,
      ]),
    )
  }
}

function printProblems(title: string, problems: readonly Problem[], all: boolean, output: Output): void {
  if (problems.length === 0) return
  output.line()
  output.line(output.colour.bold(`${count(problems.length)} ${title}`))
  // What concerns a whole file or site concerns the most rows.
  const ordered = problems.toSorted((a, b) => Number(a.line > 0) - Number(b.line > 0))
  const shown = all ? ordered : ordered.slice(0, FIRST_PROBLEMS)
  for (const problem of shown) output.line(`  ${problemLine(problem)}`)
  if (shown.length < problems.length) output.line(`  and ${count(problems.length - shown.length)} more`)
}

function problemLine({ file, line, severity, message, remedy }: Problem): string {
  const place = line === 0 ? file : `${file}:${line}`
  return safe(`${place}  ${severity}: ${message}; ${remedy}`)
}

/** What of the lists is missing as a whole, for a person who is about to start a batch. */
export function missingLines(view: Pick<PlanView, 'absent_sites' | 'problems'>): string[] {
  const lists = view.problems.filter(isOfList).map(problemLine)
  return [...view.absent_sites.map((absent) => safe(absentText(absent))), ...lists]
}
