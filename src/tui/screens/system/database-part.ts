import { parseSqlTime } from '../../../domain/clock.ts'
import type { SystemView } from '../../../domain/system.ts'
import { ago, bytes, plural } from '../../format.ts'
import type { Span } from '../../theme.ts'
import { row, rowOf, type Line } from './line.ts'

/** Where everything is kept, and how old its copies are. */
export function databaseLines({ database }: SystemView, now: Date, cells: number): Line[] {
  const { path, file_bytes, journal_bytes, schema_version, tasks, batches } = database
  const { last_snapshot, last_snapshot_ms, last_backup } = database
  const took = last_snapshot_ms === null ? '' : `took ${Math.round(last_snapshot_ms)} ms`
  return [
    { kind: 'title', title: 'Database' },
    rowOf(
      'File',
      [
        { text: bytes(file_bytes), style: 'strong' },
        { text: `${plural(tasks, 'task')} in ${batches === 1 ? '1 batch' : `${batches} batches`}` },
        { text: `schema ${schema_version}`, style: 'dim' },
        { text: path, style: 'dim' },
      ],
      cells,
    ),
    rowOf(
      'Journal',
      [
        { text: bytes(journal_bytes), style: 'strong' },
        { text: 'written since the last snapshot', style: 'dim' },
      ],
      cells,
    ),
    rowOf('Snapshot', [aged(last_snapshot, now, 'none yet'), { text: took, style: 'dim' }], cells),
    row('Backup', aged(last_backup, now, 'none yet: B makes one')),
  ]
}

function aged(at: string | null, now: Date, none: string): Span {
  return at === null ? { text: none, style: 'warn' } : { text: ago(parseSqlTime(at), now), style: 'strong' }
}
