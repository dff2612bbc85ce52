import { spanWidth } from './frame.ts'
import { findBinding, keyLabel, whyNot, type Binding } from './keymap.ts'
import type { State } from './state.ts'
import type { Span, Theme } from './theme.ts'

/** What the keys do that can act now, as many as fit; what every screen has (`?`, `q`) always does. */
export function footer(
  state: State,
  own: readonly Binding[],
  common: readonly Binding[],
  theme: Theme,
): string {
  const { columns } = state.size
  const all = [...own, ...common]
  // Of several that have the same key, the one that it means now.
  const meant = (binding: Binding) => findBinding(all, binding.keys[0] ?? '', state) === binding
  const last = common.filter(meant).flatMap((binding) => entry(binding, state))
  let spans: Span[] = [{ text: ' ' }]
  for (const binding of own.filter(meant)) {
    const next = entry(binding, state)
    if (spanWidth([...spans, ...next, ...last]) > columns) continue
    spans = [...spans, ...next]
  }
  return theme.paint([...spans, ...last], columns)
}

function entry(binding: Binding, state: State): Span[] {
  if (binding.label === undefined || whyNot(binding, state) !== null) return []
  const key = binding.keys[0] ?? ''
  return [
    { text: ` ${keyLabel(key)}`, style: 'accent' },
    { text: ` ${binding.label} `, style: 'dim' },
  ]
}
