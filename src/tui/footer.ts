import { spanWidth } from './frame.ts'
import { findBinding, keyLabel, whyNot, type Binding } from './keymap.ts'
import type { State } from './state.ts'
import type { Span, Theme } from './theme.ts'

/** What the keys do that can act now, the first of them that fit; at the end those that are always there. */
export function footer(state: State, bindings: readonly Binding[], theme: Theme): string {
  const { columns } = state.size
  // Of several that have the same key, the one that it means now.
  const meant = bindings.filter(
    (binding) =>
      binding.label !== undefined &&
      findBinding(bindings, binding.keys[0] ?? '', state) === binding &&
      whyNot(binding, state) === null,
  )
  const at = (wanted: Binding['place']) => meant.filter(({ place }) => place === wanted)
  const last = at('always').flatMap(entry)
  let spans: Span[] = [{ text: ' ' }]
  for (const binding of [...at(undefined), ...at('last')]) {
    const next = [...spans, ...entry(binding)]
    if (spanWidth(next) + spanWidth(last) <= columns) spans = next
  }
  return theme.paint([...spans, ...last], columns)
}

function entry({ keys: [key = ''], label = '' }: Binding): Span[] {
  return [
    { text: ` ${keyLabel(key)}`, style: 'accent' },
    { text: ` ${label} `, style: 'dim' },
  ]
}
