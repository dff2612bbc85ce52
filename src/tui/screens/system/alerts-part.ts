import type { Alert } from '../../../domain/query.ts'
import { withMoments } from '../../format.ts'
import type { Shown } from '../../live.ts'
import { wordRows } from '../../text.ts'
import type { Span, Theme } from '../../theme.ts'
import { failedNeed } from '../dashboard/attention.ts'
import type { Line } from './line.ts'

/** What to do about each kind of alert. */
const ADVICE: Readonly<Record<Alert['code'], string>> = {
  cpu: 'It goes on by itself when the machine is less busy; execution.max_cpu is the limit.',
  memory: 'It goes on by itself when memory is free; execution.max_memory is the limit.',
  disk: 'Make room and it goes on by itself; `zafra logs prune` removes old logs.',
  storage: 'Look at the room on the disk and at its rights; it is tried again by itself.',
  snapshot: 'Nothing is lost while the journal can be written: look at the disk of the database.',
  changed: 'Let no other program write to the database; `zafra db check` says whether it is whole.',
  paused: 'p in a row of the dashboard lets its site go on, P everything.',
  interrupted: 'u goes on with it; on the dashboard c cancels what is left of a site.',
  schedule: 'No slot is lost by it; `zafra doctor` looks at the rules.',
  backup: 'B tries again; look at database.backup_dir of zafra.yaml.',
  lists: '`zafra plan` names what is wrong with the lists.',
  logs: 'Look at the rights of the folder of the logs.',
  suspect: '`2` then `/check:suspect` shows them, a there accepts; `zafra check` says what is doubted.',
  notify: '`zafra notify test` tries the channels.',
}

/** What needs the operator, each with what to do about it; what failed last, as on the dashboard. */
export function alertLines(
  { overview: { alerts, batch }, now }: Shown,
  cells: number,
  { glyphs }: Theme,
): Line[] {
  const title: Line = { kind: 'title', title: 'Needs you' }
  const failed = failedNeed(batch)
  const needs = [
    ...alerts.map(({ code, message }) => ({ message: withMoments(message, now), advice: ADVICE[code] })),
    ...(failed === null ? [] : [{ message: failed.message, advice: `3 shows why; ${failed.answer} there.` }]),
  ]
  if (needs.length === 0) return [title, plain({ text: `${glyphs.done} nothing needs you`, style: 'good' })]
  return [
    title,
    ...needs.flatMap(({ message, advice }) => [
      ...wordRows(message, cells - 2).map((text, index) =>
        plain({ text: `${index === 0 ? glyphs.alert : ' '} ${text}`, style: 'warn' }),
      ),
      ...wordRows(advice, cells - 2).map((text) => plain({ text: `  ${text}`, style: 'dim' })),
    ]),
  ]
}

function plain(span: Span): Line {
  return { kind: 'row', spans: [span] }
}
