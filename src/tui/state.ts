import type { Slot } from '../domain/schedule.ts'
import type { Task } from '../domain/task.ts'
import type { CombinationDiff } from '../domain/diff.ts'
import type { ErrorGroup, GroupSort } from '../domain/error-group.ts'
import type { BatchSummary } from '../domain/query.ts'
import type { TaskSort } from '../domain/task-sort.ts'
import { emptyList, type ListView } from './list/view.ts'
import type { Lost } from './connection.ts'
import type { Shown } from './live.ts'
import type { LogView } from './screens/log/view.ts'
import { initialTask, type TaskState } from './screens/task/state.ts'
import type { Field } from './prompt/field.ts'
import type { BatchSort } from './screens/batches/columns.ts'
import { initialBatches, type BatchesState } from './screens/batches/state.ts'
import { initialDashboard, settleDashboard, type DashboardState } from './screens/dashboard/state.ts'
import type { DiffSort } from './screens/diff/columns.ts'
import { initialDiff, type Change, type DiffState } from './screens/diff/state.ts'
import { initialSchedule, type ScheduleState } from './screens/schedule/state.ts'
import { initialStats, type StatsState } from './screens/stats/state.ts'
import { initialSystem, type SystemState } from './screens/system/state.ts'
import type { ScreenName } from './screens/screen.ts'
import type { Session } from './session.ts'
import type { ThemeName } from './palettes.ts'

export interface Size {
  columns: number
  rows: number
}

/** One line at the foot of the screen, until the next key. */
export interface Notice {
  text: string
  style: 'good' | 'warn' | 'bad'
}

/** A question over the screen. Esc answers no. */
export interface Question {
  kind: 'question'
  title: string
  text: readonly string[]
  answers: readonly { key: string; label: string; run(session: Session): void | Promise<void> }[]
  /** The answer that Enter gives too; absent: Enter is no. */
  enter?: string
  /** Something ends for good by an answer: only who has seen the question can give it. */
  destroys?: true
  /** What Esc does: nothing, in these words. */
  no: string
}

/** The keys, from the `from`-th on. */
export interface Help {
  kind: 'help'
  from: number
}

export type Dialog = Help | Question

/** A line being typed at the foot of the screen. */
export interface Prompt {
  kind: 'filter' | 'palette'
  field: Field
  /** Which completion is chosen; only the palette has any. */
  chosen: number
  /** How far back in what was typed before; 0: what is typed now. */
  past: number
}

/** What the palette completes beside what is on the screen. */
export interface Words {
  batches: readonly string[]
  schedules: readonly string[]
}

/** The long lists, by name. */
export interface Lists {
  tasks: ListView<Task, TaskSort['by']>
  slots: ListView<Slot, never>
  errors: ListView<ErrorGroup, GroupSort['by']>
  batches: ListView<BatchSummary, BatchSort>
  diff: ListView<CombinationDiff, DiffSort>
  listings: ListView<Change>
}

/** What narrows the tasks beside what is typed: the failures of one group. */
export interface TasksState {
  error: { key: string; name: string } | null
}

/** All that the screen shows. Each screen has its own slice and leaves the others alone. */
export interface State {
  size: Size
  /** Null until the engine has answered. */
  shown: Shown | null
  /** Where the way to the engine is lost: why, and when it is tried again; what is shown is the last heard. */
  lost: Lost | null
  /** The batch in view; null: the latest. */
  batch: string | null
  /** What was opened, the last in front; never empty. */
  trail: readonly ScreenName[]
  dashboard: DashboardState
  tasks: TasksState
  batches: BatchesState
  diff: DiffState
  stats: StatsState
  schedule: ScheduleState
  system: SystemState
  lists: Lists
  /** The task that the task screen shows. */
  task: TaskState
  /** The log that the screen in front shows. */
  log: LogView | null
  dialog: Dialog | null
  prompt: Prompt | null
  words: Words
  notice: Notice | null
  theme: ThemeName
  /** What is shown stays as it is, whatever happens. */
  frozen: boolean
  /** Quit as soon as nothing runs any more. */
  leaving: boolean
}

export function initialState(size: Size, theme: ThemeName): State {
  return {
    size,
    shown: null,
    lost: null,
    batch: null,
    trail: ['dashboard'],
    dashboard: initialDashboard(),
    tasks: { error: null },
    batches: initialBatches(),
    diff: initialDiff(),
    stats: initialStats(),
    schedule: initialSchedule(),
    system: initialSystem(),
    lists: {
      tasks: emptyList(),
      slots: emptyList(),
      errors: emptyList(),
      batches: emptyList(),
      diff: emptyList(),
      listings: emptyList(),
    },
    task: initialTask(),
    log: null,
    dialog: null,
    prompt: null,
    words: { batches: [], schedules: [] },
    notice: null,
    theme,
    frozen: false,
    leaving: false,
  }
}

/** What changes when the engine tells something new: every selection stays on its row. */
export function withShown(state: State, shown: Shown): Pick<State, 'shown' | 'dashboard'> {
  return { shown, dashboard: settleDashboard(state.dashboard, shown) }
}

/** The batch whose tasks are looked at. */
export function batchInView({ batch, shown }: Pick<State, 'batch' | 'shown'>): string | undefined {
  return batch ?? shown?.overview.batch?.batch_id
}

/** The screen in front. */
export function front({ trail }: Pick<State, 'trail'>): ScreenName {
  return trail.at(-1) ?? 'dashboard'
}
