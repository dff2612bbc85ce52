import { NO_REPORT } from '../../src/domain/list-report.ts'
import type { OutputView, Views } from '../../src/domain/query.ts'
import type { Size } from '../../src/tui/state.ts'
import { attempt } from './attempt.ts'
import { busyOverview } from './overview.ts'
import { task } from './task.ts'
import { openSession } from './tui-session.ts'

/** A task that failed once, failed its checks once, and delivered something doubtful. */
export function doubtfulTask(): Views['task'] {
  return {
    task: task({
      id: 3,
      website: 'Lam',
      scraper_name: 'lam',
      city: 'Zap',
      operation: 'Ren',
      product: 'Cas',
      variant: 2,
      status: 'completed',
      attempts: 3,
      order_num: 12,
      url: 'https://www.lamudi.com.mx/jalisco/zapopan/casa/for-rent/',
      execution_batch: 'Sep26_01',
      output_path: 'data/Lam/Zap/Ren/Cas/Sep26/01/Lam_Zap_Ren_Cas_Sep26_01-2.csv',
      data_records_extracted: 412,
    }),
    attempts: [
      attempt({
        task_id: 3,
        outcome: 'failed',
        exit_code: 77,
        error_class: 'blocked',
        error_message: '403 with a challenge page at /jalisco/zapopan/casa',
        error_url: 'https://www.lamudi.com.mx/jalisco/zapopan/casa?page=7',
        http_status: 403,
        metrics: { requests: 41, http_403: 3 },
        peak_cpu_percent: 37.4,
        peak_memory_bytes: 182_300_000,
      }),
      attempt({ task_id: 3, number: 2, outcome: 'interrupted', exit_code: null, signal: 'SIGTERM' }),
      attempt({
        task_id: 3,
        number: 3,
        rows: 412,
        file_size_bytes: 98_304,
        verdict: 'suspect',
        findings: [
          {
            code: 'rows',
            verdict: 'suspect',
            message: '412 rows, the usual is 1,204: 34 % of it',
            numbers: {},
          },
          { code: 'mojibake', verdict: 'ok', message: '3 rows look wrongly decoded: "Ã¡"', numbers: {} },
        ],
        facts: {
          ...NO_REPORT,
          rows: 412,
          quarantined: 5,
          duplicates: 2,
          complete: true,
          expected: 1204,
          coverage: {},
          profile: null,
          seconds: 125,
        },
      }),
    ],
    running: null,
    names: { website: 'Lamudi', city: 'Zapopan', operation: 'renta', product: 'Casa' },
  }
}

export function outputView(set: Partial<OutputView> = {}): OutputView {
  return {
    path: 'data/Lam/Zap/Ren/Cas/Sep26/01/Lam_Zap_Ren_Cas_Sep26_01-2.csv',
    accepted: true,
    columns: ['id', 'nombre', 'precio', 'colonia', 'url'],
    rows: [
      ['1', 'Casa en Ciudad Bugambilias', '12,500', 'Ciudad Bugambilias', 'https://www.lamudi.com.mx/a'],
      ['2', 'Peñón «año» ñandú', '9,000', '東京の家', 'https://www.lamudi.com.mx/b'],
      ['3', '\u001b[31mrojo\u202e', '', 'x\ny', ''],
    ],
    bytes: 98_304,
    ...set,
  }
}

/** A session whose engine knows `view` and shows it on the task screen. */
export async function openTaskScreen(
  view: Views['task'] = doubtfulTask(),
  { size = { columns: 120, rows: 40 }, output }: { size?: Size; output?: OutputView | null } = {},
) {
  const opened = await openSession(busyOverview(), size)
  opened.engine.answers.task = view
  if (output !== null) opened.engine.answers.output = output ?? outputView()
  opened.engine.tasks = [view.task]
  opened.engine.print(view.task.id, 'out', ...Array.from({ length: 30 }, (_, at) => `page ${at + 1}`))
  await opened.press(':')
  await opened.type(`task ${view.task.id}`)
  await opened.press('enter')
  await opened.rest()
  return opened
}
