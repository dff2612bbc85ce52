import type { Overview } from '../domain/query.ts'
import { count, plural } from './format.ts'
import type { Session } from './session.ts'
import type { Question } from './state.ts'

/** Leaves at once where nothing is lost by it, else asks: drain, stop, stay. */
export function askToQuit(session: Session): void {
  const overview = session.state.shown?.overview
  if (!overview || !closingStops(overview)) return quit(session)
  session.set({ dialog: question(overview) })
}

/** Whether work that is in hand ends with this program. */
export function closingStops({ engine, batch, running }: Overview): boolean {
  if (!engine.closing_stops_work || !batch) return false
  if (engine.state === 'idle' || engine.state === 'interrupted') return running.length > 0
  return true
}

function question(overview: Overview): Question {
  const { batch, running, engine } = overview
  const waiting = batch ? batch.counts.pending + batch.counts.retrying : 0
  const answers: Question['answers'] = [{ key: 's', label: 'stop now and quit', run: quit }]
  const drain = { key: 'd', label: `let what runs end, then quit`, run: drainAndQuit }
  return {
    kind: 'question',
    title: 'Quit',
    destroys: true,
    text: [
      `The work of batch ${batch?.batch_id ?? ''} is done by this program and stops with it:`,
      `${plural(running.length, 'running task')} would be cut short, ${count(waiting)} would wait.`,
      'Nothing that is completed is lost; `u` resumes the rest next time.',
    ],
    answers: running.length > 0 && engine.state !== 'draining' ? [drain, ...answers] : answers,
    no: 'stay',
  }
}

function drainAndQuit(session: Session): void {
  session.set({ leaving: true })
  session.execute({ type: 'drain' }, ({ running }) => ({
    text: `Draining: leaves when ${plural(running, 'running task')} ended`,
    style: 'warn',
  }))
}

function quit(session: Session): void {
  session.surroundings.leave({ why: 'quit', exit_code: 0 })
}
