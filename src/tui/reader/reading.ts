import { SCREENS } from '../screens/screens.ts'
import { target } from '../screens/dashboard/target.ts'
import { front, type State } from '../state.ts'
import { rowAtCursor } from '../list/view.ts'
import { plural } from '../format.ts'
import { drawn, spokenAbout } from './drawn.tsx'
import { failureSentence, overviewSentences, runningSentence, siteSentence } from './overview.ts'
import { taskSentence, taskSentences } from './task.ts'
import { sentence } from './words.ts'

/** The screen in front from top to bottom, a sentence a line; null while the engine has not answered. */
export function readingOf(state: State): string[] | null {
  const screen = SCREENS[front(state)]
  const about = spokenAbout(screen, state)
  const title = sentence(about === '' ? screen.title : `${screen.title}, ${about}`)
  if (!state.shown) return null
  switch (screen.name) {
    case 'dashboard':
      return [title, ...overviewSentences(state.shown)]
    case 'task':
      return state.task.view && [title, ...taskSentences(state.task.view, state.shown.now)]
    case 'tasks':
      return state.lists.tasks.total === null ? null : [title, tasksSentence(state)]
    default:
      return otherReading(title, drawn(screen, state).lines)
  }
}

/** What the screens say while they have nothing to show. */
const WAITING = 'Waiting for the engine'

function otherReading(title: string, lines: readonly string[]): string[] | null {
  return lines.includes(WAITING) ? null : [title, ...lines]
}

/** What is under the cursor, and what tells it from other rows; null: nothing is. */
export function rowOf(state: State): { id: string; text: string } | null {
  switch (front(state)) {
    case 'dashboard':
      return dashboardRow(state)
    case 'tasks': {
      const task = rowAtCursor(state.lists.tasks)
      return task ? { id: String(task.id), text: taskSentence(task) } : null
    }
    case 'task':
    case 'log':
    case 'system':
      return null
    default: {
      const { lines, selected } = drawn(SCREENS[front(state)], state)
      const line = lines[selected]
      return line === undefined ? null : { id: line, text: sentence(line) }
    }
  }
}

function dashboardRow(state: State): { id: string; text: string } | null {
  const row = target(state)
  const now = state.shown?.now ?? new Date(0)
  switch (row.kind) {
    case 'site':
      return { id: `site ${row.site.site}`, text: siteSentence(row.site, now) }
    case 'running':
      return { id: `task ${row.task.task_id}`, text: runningSentence(row.task, now) }
    case 'failure':
      return { id: `failure ${row.group.key}`, text: failureSentence(row.group) }
    case 'nothing':
      return null
  }
}

function tasksSentence({ lists: { tasks } }: State): string {
  const found = tasks.search === '' ? '' : `, filtered by ${tasks.search}`
  return sentence(`${plural(tasks.total ?? 0, 'task')}${found}`)
}
