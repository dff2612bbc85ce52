import type { Binding } from '../keymap.ts'
import { askToStart, whyNoStart } from './batch.ts'
import { askToDrain, resume, whyNoBatchToResume, whyNoDrain } from './engine.ts'
import { turnAll } from './sites.ts'

/* Keys that mean the same on several screens. */

export const START: Binding = {
  keys: ['b'],
  label: 'start',
  does: 'start a batch; shows the plan first',
  acts: true,
  unavailable: whyNoStart,
  run: askToStart,
}

export const RESUME: Binding = {
  keys: ['u'],
  label: 'resume',
  does: 'go on with a batch that left tasks behind',
  acts: true,
  unavailable: whyNoBatchToResume,
  run: (session) => resume(session),
}

export const PAUSE_ALL: Binding = {
  keys: ['P'],
  label: 'pause all',
  place: 'last',
  does: 'start nothing more at any site, or go on',
  acts: true,
  run: turnAll,
}

export const DRAIN: Binding = {
  keys: ['d'],
  label: 'drain',
  place: 'last',
  does: 'let what runs end and start nothing more; asks first',
  acts: true,
  unavailable: whyNoDrain,
  run: askToDrain,
}
