import { PANES, type Pane } from './state.ts'

/** The pane after `pane`, or before it, in the order of Tab. */
export function otherPane(pane: Pane, step: 1 | -1): Pane {
  return PANES[(PANES.indexOf(pane) + step + PANES.length) % PANES.length] ?? pane
}
