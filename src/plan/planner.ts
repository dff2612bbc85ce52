import type { CodeKind, CodeNames } from '../domain/codes.ts'
import type { Config } from '../domain/config.ts'
import type { Plan, PlannedTask, Planner, Problem } from '../domain/plan.ts'
import { rowFilter } from './chooses.ts'
import { loadNames } from './codes.ts'
import { Draft, type Place } from './draft.ts'
import { readList } from './list.ts'
import { findLists } from './lists.ts'
import { isWhole, type Row } from './row.ts'
import { siteFinder } from './sites.ts'

/** Whether a scraper of a name can be started. */
export interface Scrapers {
  hasScraper(name: string): boolean
}

/**
 * Plans the lists of a workspace. A row is a CSV record after the header; blank lines are none. With a filter only
 * the rows that it may mean are counted and named (see `rowFilter`); variants and order numbers are those of the
 * whole lists.
 */
export function createPlanner(config: Config, scrapers: Scrapers): Planner {
  return {
    async names({ website, city, operation, product }): Promise<CodeNames> {
      // A list that cannot be read is told of where a plan is made; a name is no reason to fail.
      const books = await loadNames(config).then(
        (loaded) => loaded.books,
        () => undefined,
      )
      const name = (kind: CodeKind, code: string) => books?.[kind].nameOf(code) ?? code
      return {
        website: config.sites[website]?.name ?? website,
        city: name('city', city),
        operation: name('operation', operation),
        product: name('product', product),
      }
    },

    async plan(batch, filter): Promise<Plan> {
      const { books, problems: codeProblems } = await loadNames(config)
      const { lists, problems: folderProblems } = await findLists(config)
      let problems = [...codeProblems, ...folderProblems]
      const counts = { rows: 0, planned: 0, duplicates: 0, rejected: 0 }
      const draft = new Draft(config, batch)
      const chooses = rowFilter(filter, books)

      for (const { path, file } of lists) {
        const ofRows: Problem[] = []
        const ofList = await readList({ path, file }, books, siteFinder(config), (row, notes) => {
          const entry = isWhole(row) ? draft.enter(row, file) : undefined
          if (!chooses(row)) return
          counts.rows++
          notes.row(row)
          if (!isWhole(row) || entry === undefined) {
            counts.rejected++
            ofRows.push(rejection(file, row))
          } else if ('repeats' in entry) {
            counts.duplicates++
            ofRows.push(duplicate(file, row, entry.repeats))
          } else {
            counts.planned++
            draft.plan(row, entry)
            if (entry.also) notes.shared(entry.group, entry.also, row.line)
            if (entry.variant > 1) notes.variant(entry.group, entry.variant, row.line)
          }
        })
        problems = problems.concat([...ofList, ...ofRows].toSorted((one, other) => one.line - other.line))
      }
      return {
        ...counts,
        tasks: draft.tasks,
        problems: [...problems, ...missing(config, draft.tasks, scrapers)],
      }
    },
  }
}

function rejection(file: string, { line, faults }: Row): Problem {
  const column = faults[0]?.column
  return {
    file,
    line,
    ...(column !== undefined && { column }),
    severity: 'error',
    message: faults.map(({ message }) => message).join('; '),
    remedy: [...new Set(faults.map(({ remedy }) => remedy))].join('; '),
  }
}

function duplicate(file: string, { line }: Row, first: Place): Problem {
  const message = `repeats ${first.file} line ${first.line}: same site, codes and URL`
  return { file, line, severity: 'duplicate', message, remedy: 'delete one of the two lines' }
}

function missing(config: Config, tasks: readonly PlannedTask[], scrapers: Scrapers): Problem[] {
  return Object.entries(config.sites).flatMap(([code, { scraper, detail_scraper }]) =>
    [scraper, detail_scraper]
      .filter((name) => name !== null && !scrapers.hasScraper(name))
      .map((name) => ({
        name,
        count: tasks.filter((task) => task.website === code && task.scraper_name === name).length,
      }))
      .filter(({ count }) => count > 0)
      .map(({ name, count }) => ({
        file: 'zafra.yaml',
        line: 0,
        severity: 'warning',
        message: `no scraper is named ${name}: ${count} task(s) of ${code} would fail`,
        remedy: `put a program of that name in scrapers/, or name another one under sites.${code}`,
      })),
  )
}
