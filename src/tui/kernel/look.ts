import { createContext, use } from 'react'
import { createFrame, type Frame } from '../frame.ts'
import type { Theme } from '../theme.ts'
import { required } from './required.ts'

/** How lines look, and how wide they are. */
export interface Look {
  theme: Theme
  frame: Frame
  columns: number
  /** Cells of a line between the sides of the frame. */
  inner: number
}

export const LookContext = createContext<Look | null>(null)

export function lookOf(columns: number, theme: Theme): Look {
  const frame = createFrame(columns, theme)
  return { theme, frame, columns, inner: frame.inner }
}

/**
 * How the lines around here look.
 *
 *     const { theme, inner } = useLook()
 */
export function useLook(): Look {
  return required(use(LookContext), 'look')
}
