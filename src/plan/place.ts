import { relative, sep } from 'node:path'
import type { Config } from '../domain/config.ts'

/** A path as plans and problems give it: relative to the workspace, with forward slashes. */
export function inWorkspace(config: Config, path: string): string {
  return relative(config.workspace, path).split(sep).join('/')
}
