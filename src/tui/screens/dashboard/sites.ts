import { ended, statusBar, total } from '../../bar.ts'
import { count, duration, taskName, withMoments } from '../../format.ts'
import type { Shown } from '../../live.ts'
import type { Progress, RunningTask, SiteView } from '../../../domain/query.ts'
import { cut, spanWidth } from '../../frame.ts'
import type { Column } from '../../table.ts'
import type { Span, Theme } from '../../theme.ts'
import { siteSpan } from '../status.ts'
import { progressShare } from './running.ts'

/** One row per site: how far it is, what it does now, what failed. */
export function siteColumns({ overview, age_s, now: today }: Shown, { glyphs }: Theme): Column<SiteView>[] {
  const { sites, batch } = overview
  const moving = overview.engine.state === 'running' ? age_s : 0
  return [
    { title: 'Site', width: 7, cell: ({ site }) => ({ text: site, style: 'strong' }) },
    { title: '', width: 16, from: 110, cell: ({ name }) => ({ text: name, style: 'dim' }) },
    { title: 'State', width: 9, cell: ({ state }) => siteSpan(state, glyphs) },
    {
      title: 'Progress',
      width: 8,
      grow: 2,
      max: 40,
      cell: ({ counts }, cells) => statusBar(counts, cells, glyphs),
    },
    {
      title: 'Done',
      width: widest(sites.map(doneText)),
      align: 'right',
      cell: (site) => ({ text: doneText(site) }),
    },
    {
      title: 'Rows',
      width: widest(sites.map(rowsText)),
      from: 64,
      align: 'right',
      cell: (site) => ({ text: rowsText(site) }),
    },
    { title: 'Fail', width: 4, align: 'right', cell: ({ counts }) => failures(counts) },
    {
      title: 'ETA',
      width: 7,
      align: 'right',
      cell: ({ eta_s, state }) => {
        if (state === 'done' || batch?.status !== 'running') return { text: '' }
        if (eta_s === null) return { text: glyphs.dash, style: 'dim' }
        return { text: duration(eta_s - moving) }
      },
    },
    {
      title: 'Now',
      width: 9,
      from: 64,
      grow: 3,
      cell: (site, cells) => {
        const note = site.note === null ? null : withMoments(site.note, today)
        return now({ ...site, note }, overview.running, cells, glyphs.ellipsis)
      },
    },
  ]
}

const doneText = ({ counts }: SiteView) => `${count(ended(counts))}/${count(total(counts))}`
const rowsText = ({ rows }: SiteView) => count(rows)

/** Wide enough for every one of `texts`, so that no figure is ever cut. */
function widest(texts: string[]): number {
  return Math.max(6, ...texts.map((text) => text.length))
}

function failures({ permanently_failed, failed }: SiteView['counts']): Span {
  const all = permanently_failed + failed
  return all === 0 ? { text: '0', style: 'dim' } : { text: count(all), style: 'bad' }
}

function progressText(progress: Progress): string {
  const share = progressShare(progress)
  if (share !== null) return ` ${Math.floor(share * 100)}%`
  return progress.page === null ? '' : ` p.${progress.page}`
}

/** The task that runs there with its own progress, which is worth more than the end of its name; else why none does. */
function now(
  { site, note }: SiteView,
  running: readonly RunningTask[],
  cells: number,
  ellipsis: string,
): Span[] {
  const [first, ...others] = running.filter(({ website }) => website === site)
  if (!first) return [{ text: note ?? '', style: 'warn' }]
  const progress: Span[] = [
    { text: progressText(first.progress), style: 'accent' },
    { text: others.length > 0 ? ` +${others.length}` : '', style: 'dim' },
  ]
  const spans = [...cut([{ text: taskName(first) }], cells - spanWidth(progress), ellipsis), ...progress]
  return note === null ? spans : [...spans, { text: `  ${note}`, style: 'warn' }]
}
