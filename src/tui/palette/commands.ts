import { askToStart, whyNoStart } from '../acts/batch.ts'
import {
  askToDrain,
  backUp,
  resume,
  runSchedule,
  switchSchedule,
  whyNoBatchToResume,
  whyNoDrain,
} from '../acts/engine.ts'
import { pauseAll, pauseSite } from '../acts/sites.ts'
import { askToCancel, retry } from '../acts/tasks.ts'
import { plural } from '../format.ts'
import type { Binding } from '../keymap.ts'
import { BATCH_COMMANDS } from './batch-commands.ts'
import { KEYED_SCREENS } from '../screens/screens.ts'
import { openTask } from '../screens/task/load.ts'
import { openTasks } from '../screens/tasks/open.ts'
import type { Session } from '../session.ts'
import type { State } from '../state.ts'
import { isThemeName, THEMES } from '../palettes.ts'
import { TASK_STATUSES } from '../../domain/task.ts'

/** What can be typed after `:`. */
export interface PaletteCommand extends Pick<Binding, 'acts' | 'unavailable'> {
  /** One or two words. */
  name: string
  /** As the list shows it: `TASK…`; absent: there is none. */
  argument?: string
  does: string
  /** What the argument may be. */
  candidates?(state: State): readonly string[]
  /** @returns why not, where the argument makes no sense */
  run(session: Session, argument: string): string | void | Promise<void>
}

const sites = ({ shown }: State) => shown?.overview.sites.map(({ site }) => site) ?? []
const taskIds = ({ shown, lists }: State) => [
  ...(shown?.overview.running.map(({ task_id }) => String(task_id)) ?? []),
  ...lists.tasks.rows.map(({ id }) => String(id)),
]

export const PALETTE_COMMANDS: readonly PaletteCommand[] = [
  ...KEYED_SCREENS.map(({ name, title }) => ({
    name: title.toLowerCase(),
    does: `go to the ${title.toLowerCase()}`,
    run: (session: Session) => session.go(name),
  })),
  {
    name: 'task',
    argument: 'ID',
    does: 'open a task',
    candidates: taskIds,
    run: (session, argument) => withIds(argument, ([id = 0]) => openTask(session, id)),
  },
  {
    name: 'batch',
    argument: 'BATCH',
    does: 'look at a batch; without one, at the latest',
    candidates: ({ words }) => words.batches,
    run: (session, argument) => session.viewBatch(argument === '' ? null : argument),
  },
  ...BATCH_COMMANDS,
  {
    name: 'site',
    argument: 'SITE',
    does: 'show the tasks of a site',
    candidates: sites,
    run: (session, argument) =>
      argument === '' ? 'which site?' : openTasks(session, { search: `site:${argument}` }),
  },
  {
    name: 'status',
    argument: 'STATUS',
    does: 'show the tasks in a status',
    candidates: () => TASK_STATUSES,
    run: (session, argument) =>
      argument === '' ? 'which status?' : openTasks(session, { search: `status:${argument}` }),
  },
  {
    name: 'retry',
    argument: 'IDS',
    does: 'retry tasks by their ids',
    acts: true,
    candidates: taskIds,
    run: (session, argument) =>
      withIds(argument, (ids) => retry(session, { filter: { ids }, name: idsName(ids) })),
  },
  {
    name: 'cancel',
    argument: 'IDS',
    does: 'cancel tasks by their ids; asks first',
    acts: true,
    candidates: taskIds,
    run: (session, argument) =>
      withIds(argument, (ids) => askToCancel(session, { filter: { ids }, name: idsName(ids) })),
  },
  {
    name: 'pause',
    argument: 'SITE',
    does: 'start nothing more at a site; without one, at any',
    acts: true,
    candidates: sites,
    run: (session, argument) =>
      argument === '' ? pauseAll(session, true) : pauseSite(session, argument, true),
  },
  {
    name: 'unpause',
    argument: 'SITE',
    does: 'go on at a site; without one, everywhere',
    acts: true,
    candidates: sites,
    run: (session, argument) =>
      argument === '' ? pauseAll(session, false) : pauseSite(session, argument, false),
  },
  {
    name: 'start',
    does: 'start a batch; shows the plan first',
    acts: true,
    unavailable: whyNoStart,
    run: askToStart,
  },
  {
    name: 'resume',
    argument: 'BATCH',
    does: 'go on with a batch; without one, the latest',
    acts: true,
    candidates: ({ words }) => words.batches,
    unavailable: whyNoBatchToResume,
    run: (session, argument) => resume(session, argument === '' ? undefined : argument),
  },
  {
    name: 'drain',
    does: 'let what runs end and start nothing more',
    acts: true,
    unavailable: whyNoDrain,
    run: askToDrain,
  },
  { name: 'backup', does: 'make a backup of the database now', acts: true, run: backUp },
  {
    name: 'schedule run',
    argument: 'NAME',
    does: 'do what a schedule would do at its next slot, now',
    acts: true,
    candidates: ({ words }) => words.schedules,
    run: (session, argument) => (argument === '' ? 'which schedule?' : runSchedule(session, argument)),
  },
  {
    name: 'schedule enable',
    argument: 'NAME',
    does: 'let a schedule run again',
    acts: true,
    candidates: ({ words }) => words.schedules,
    run: (session, argument) =>
      argument === '' ? 'which schedule?' : switchSchedule(session, argument, true),
  },
  {
    name: 'schedule disable',
    argument: 'NAME',
    does: 'let a schedule rest',
    acts: true,
    candidates: ({ words }) => words.schedules,
    run: (session, argument) =>
      argument === '' ? 'which schedule?' : switchSchedule(session, argument, false),
  },
  {
    name: 'theme',
    argument: 'NAME',
    does: 'change the colours',
    candidates: () => THEMES,
    run(session, argument) {
      if (!isThemeName(argument)) return `there are ${THEMES.join(', ')}`
      session.set({ theme: argument })
      return undefined
    },
  },
]

/** @returns why not, where `argument` is no list of ids */
function withIds(
  argument: string,
  act: (ids: number[]) => void | Promise<void>,
): string | void | Promise<void> {
  const words = argument.split(/[\s,]+/).filter((word) => word !== '')
  if (words.length === 0) return 'which task? Its number is in the list of tasks'
  const wrong = words.find((word) => !/^\d{1,15}$/.test(word))
  return wrong === undefined ? act(words.map(Number)) : `${wrong} is no task's number`
}

function idsName(ids: readonly number[]): string {
  return ids.length === 1 ? `task ${ids[0]}` : plural(ids.length, 'task')
}
