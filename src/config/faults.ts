import type { z } from 'zod'
import { nearest } from '../domain/nearest.ts'
import type { FileLayer } from './file.ts'
import { setter, valueAt, type Layer, type Path, type Tree } from './layer.ts'
import { knownKeys } from './values.ts'

/** All layers, the merged tree, and the file among the layers. */
export interface Layers {
  layers: readonly Layer[]
  file: FileLayer
  merged: Tree
}

type Issue = z.core.$ZodIssue

/** What is wrong, for the person: where it stands, what was expected, what was found, what may have been meant. */
export function describeFaults(issues: readonly Issue[], layers: Layers): string[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => unknownKey([...path, key], knownKeys(issue.message), layers))
      case 'invalid_key':
        return `${where(path, 'key', layers)}: ${name(path)}: expected ${issue.issues[0]?.message}`
      default:
        return wrongValue(path, issue.message, layers)
    }
  })
}

function unknownKey(path: Path, known: readonly string[], layers: Layers): string {
  const meant = nearest(String(path.at(-1)), known)
  const hint = meant ? `did you mean ${meant}?` : `known here: ${known.join(', ')}`
  return `${where(path, 'key', layers)}: ${name(path)} is not a setting; ${hint}`
}

function wrongValue(path: Path, expected: string, layers: Layers): string {
  const value = valueAt(layers.merged, path)
  const found = value === undefined ? 'nothing' : mayBeSecret(path) ? 'something else' : shown(value)
  return `${where(path, 'value', layers)}: ${name(path)}: expected ${expected}, found ${found}`
}

/** Where the name of a variable belongs, or an open URL, the secret itself is easily put instead. */
function mayBeSecret(path: Path): boolean {
  return path[0] === 'notify' && /url|_env$/.test(String(path.at(-1)))
}

function where(path: Path, of: 'key' | 'value', { layers, file }: Layers): string {
  // A value that is missing has no place of its own; the entry that lacks it has.
  for (let length = path.length; length > 0; length--) {
    const layer = setter(layers, path.slice(0, length))
    if (layer === file) return file.locate(path, of)
    if (layer !== undefined) return layer.place(path)
  }
  return file.locate([], 'key')
}

function name(path: Path): string {
  return path.join('.')
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
