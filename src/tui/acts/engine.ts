import { bytes, plural } from '../format.ts'
import type { Session } from '../session.ts'
import type { State } from '../state.ts'

function drain(session: Session): void {
  session.execute({ type: 'drain' }, ({ running }) => ({
    text: running === 0 ? 'Nothing more starts' : `Nothing more starts; ${plural(running, 'task')} may end`,
    style: 'warn',
  }))
}

/** Why there is nothing to drain; null: there is. */
export function whyNoDrain({ shown }: Pick<State, 'shown'>): string | null {
  const state = shown?.overview.engine.state ?? 'idle'
  return state === 'idle' || state === 'draining' ? `the engine is ${state}` : null
}

export function askToDrain(session: Session): void {
  session.set({
    dialog: {
      kind: 'question',
      title: 'Drain',
      destroys: true,
      text: ['Start nothing more?', 'What runs may end; `u` goes on with the rest.'],
      answers: [{ key: 'y', label: 'drain', run: drain }],
      no: 'go on',
    },
  })
}

export function backUp(session: Session): void {
  session.notify('Making a backup')
  session.execute({ type: 'backup' }, ({ path, bytes: size }) => ({
    text: `Backup written: ${path}, ${bytes(size)}`,
    style: 'good',
  }))
}

/** Why no batch waits to be resumed; null: one does. */
export function whyNoBatchToResume({ shown }: Pick<State, 'shown'>): string | null {
  const none = 'no batch waits to be resumed'
  if (!shown?.overview.batch) return none
  const { engine, batch } = shown.overview
  if (batch.status === 'running') return ['interrupted', 'draining'].includes(engine.state) ? null : none
  return batch.status === 'cancelled' || batch.counts.pending + batch.counts.retrying > 0 ? null : none
}

/** @param batch_id the batch in view where none is named */
export function resume(session: Session, batch_id = session.state.shown?.overview.batch?.batch_id): void {
  if (batch_id === undefined) return
  session.set({ leaving: false })
  session.execute({ type: 'resume_batch', batch_id }, ({ tasks }) => ({
    text: `${batch_id} goes on: ${plural(tasks, 'task')} to do`,
    style: 'good',
  }))
}

export function runSchedule(session: Session, name: string): void {
  session.execute({ type: 'run_schedule', name }, ({ batch_id, reason }) => ({
    text: batch_id === null ? `${name}: ${reason}` : `${name} started ${batch_id}`,
    style: 'good',
  }))
}

export function switchSchedule(session: Session, name: string, enabled: boolean): void {
  session.execute({ type: 'enable_schedule', name, enabled }, () =>
    enabled ? { text: `${name} runs again`, style: 'good' } : { text: `${name} rests`, style: 'warn' },
  )
}
