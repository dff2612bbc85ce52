import { diskFiles } from '../disk/files.ts'
import type { Memory } from '../memory.ts'
import { recoverBeside } from '../disk/recover-beside.ts'
import { LATEST_VERSION } from '../migrations.ts'
import { integrityFaults } from '../disk/whole.ts'

export interface DatabaseCheck {
  /** `file`: the current file is sound · `integrity`: pages and indexes · `references` · `counts`: what is kept, against a recount */
  check: 'file' | 'integrity' | 'references' | 'counts'
  /** In words; none where all is well. */
  faults: string[]
}

/** Batch, site and state whose kept counts are not what a recount says. */
const WRONG_COUNTS = `
  WITH counted AS (
    SELECT execution_batch, website, status, count(*) AS tasks,
      sum(CASE status WHEN 'completed' THEN coalesce(data_records_extracted, 0) ELSE 0 END) AS rows
    FROM scraping_tasks GROUP BY execution_batch, website, status
  )
  SELECT execution_batch || ' ' || website || ' ' || status || ': '
      || coalesce(kept.tasks, 0) || ' tasks and ' || coalesce(kept.rows, 0) || ' rows are kept, '
      || coalesce(counted.tasks, 0) || ' and ' || coalesce(counted.rows, 0) || ' are there' AS fault
  FROM counted FULL JOIN task_counts AS kept USING (execution_batch, website, status)
  WHERE coalesce(kept.tasks, 0) <> coalesce(counted.tasks, 0) OR coalesce(kept.rows, 0) <> coalesce(counted.rows, 0)
  ORDER BY 1`

/** Batch and site whose kept counts of outputs are not what a recount says. */
const WRONG_OUTPUTS = `
  WITH counted AS (
    SELECT execution_batch, website, sum(output_check IS 'suspect') || ' suspect, ' || sum(output_check IS 'accepted')
      || ' accepted, ' || sum(output_check IS 'failed') || ' refused, ' || sum(output_complete IS 0) || ' incomplete' AS text
    FROM scraping_tasks GROUP BY execution_batch, website
  ), kept AS (
    SELECT execution_batch, website, suspect || ' suspect, ' || accepted || ' accepted, ' || failed || ' refused, '
      || incomplete || ' incomplete' AS text
    FROM output_counts
  ), none AS (SELECT '0 suspect, 0 accepted, 0 refused, 0 incomplete' AS text)
  SELECT execution_batch || ' ' || website || ': ' || coalesce(kept.text, none.text) || ' are kept, '
      || coalesce(counted.text, none.text) || ' are there' AS fault
  FROM counted FULL JOIN kept USING (execution_batch, website) CROSS JOIN none
  WHERE coalesce(kept.text, none.text) <> coalesce(counted.text, none.text)
  ORDER BY 1`

/** Batches that have all their tasks and whose columns are not what a recount says. */
const WRONG_BATCHES = `
  SELECT batch_id || ': ' || completed_tasks || ' completed and ' || failed_tasks || ' failed are kept, '
      || sum(task.status = 'completed') || ' and ' || sum(task.status IN ('permanently_failed', 'skipped')) || ' are there' AS fault
  FROM execution_batches AS batch JOIN scraping_tasks AS task ON task.execution_batch = batch_id
  GROUP BY batch_id
  HAVING count(*) >= coalesce(total_tasks, 0) AND (
    completed_tasks <> sum(task.status = 'completed') OR failed_tasks <> sum(task.status IN ('permanently_failed', 'skipped'))
  )
  ORDER BY 1`

/**
 * Looks the database at `path` over, as it was last acknowledged; writes nothing, also while an engine runs.
 * @throws ZafraError `not_found` where there is none, `database` where it cannot be opened at all
 */
export async function checkDatabase(path: string, now: Date, files = diskFiles): Promise<DatabaseCheck[]> {
  const { memory, version, refused } = await recoverBeside(files, path, now)
  try {
    return [
      { check: 'file', faults: refused === undefined ? [] : [refused.why] },
      { check: 'integrity', faults: integrityFaults(memory) },
      { check: 'references', faults: brokenReferences(memory) },
      // Before the first engine of this version there are no kept counts.
      { check: 'counts', faults: version < LATEST_VERSION ? [] : wrongCounts(memory) },
    ]
  } finally {
    memory.close()
  }
}

function brokenReferences(memory: Memory): string[] {
  const broken = memory.all<{ table: string; rowid: number; parent: string }>('PRAGMA foreign_key_check')
  return broken.map(({ table, rowid, parent }) => `row ${rowid} of ${table} refers to nothing in ${parent}`)
}

function wrongCounts(memory: Memory): string[] {
  return [WRONG_COUNTS, WRONG_OUTPUTS, WRONG_BATCHES].flatMap((sql) =>
    memory.all<{ fault: string }>(sql).map(({ fault }) => fault),
  )
}
