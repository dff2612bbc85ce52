import { bindingsOf } from '../bindings.ts'
import { keyLabel, whyNot } from '../keymap.ts'
import { entriesFor } from '../palette/entries.ts'
import type { Dialog, State } from '../state.ts'
import { sentence } from './words.ts'

/** What is asked and what answers there are; or every key that works here. */
export function dialogSentences(state: State, dialog: Dialog): string[] {
  if (dialog.kind === 'help') return keySentences(state)
  const { title, text, answers, enter, no } = dialog
  return [
    sentence(title),
    ...text.filter((line) => line !== '').map(sentence),
    ...answers.map(({ key, label }) => `${heardKey(key)}${key === enter ? ' or Enter' : ''}: ${label}.`),
    sentence(`Escape: ${no}`),
  ]
}

/** The line being typed, and what Tab would make of it; empty: none is. */
export function promptText({ prompt, ...state }: State): string {
  if (!prompt) return ''
  const { text } = prompt.field
  if (prompt.kind === 'filter') return `Filter: ${text}`
  const chosen = entriesFor({ ...state, prompt }, text)[prompt.chosen]
  const why = chosen?.why == null ? '' : `, but ${chosen.why}`
  return `Command: ${text}${chosen ? ` (${chosen.text}, ${chosen.about}${why})` : ''}`
}

function keySentences(state: State): string[] {
  return bindingsOf(state).map((binding) => {
    const why = whyNot(binding, state)
    const keys = binding.keys.map(heardKey).join(' or ')
    return `${keys}: ${binding.does}${why === null ? '' : `; not now: ${why}`}.`
  })
}

/** A capital sounds like its small letter. */
function heardKey(key: string): string {
  return /^[A-Z]$/.test(key) ? `capital ${key}` : keyLabel(key)
}
