import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCollection, isMap, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { reason, ZafraError } from '../domain/error.ts'
import { isTree, type Layer, type Path } from './layer.ts'
import { CONFIG_FILE } from './workspace.ts'

export interface FileLayer extends Layer {
  /** `zafra.yaml:12:5`: of a key that the file holds, or of its value. */
  locate(path: Path, of: 'key' | 'value'): string
}

/** zafra.yaml of a workspace, with the place of everything in it. @throws ZafraError `config` where it is no YAML map */
export async function readFileLayer(workspace: string): Promise<FileLayer> {
  const file = join(workspace, CONFIG_FILE)
  const lines = new LineCounter()
  const document = parseDocument(await contents(file), { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${CONFIG_FILE}:${line}:${col}`
  }
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`)
    throw new ZafraError('config', [`${file} is not valid YAML; mend these lines:`, ...faults].join('\n  '))
  }
  const tree = toTree(document, file)
  const locate: FileLayer['locate'] = (path, of) => at(offsetOf(document, path, of))
  return { tree, locate, place: (path) => locate(path, 'key').replace(/:\d+$/, '') }
}

async function contents(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    throw new ZafraError('config', `${file} cannot be read as UTF-8 text: ${reason(error)}`, { cause: error })
  }
}

function toTree(document: Document.Parsed, file: string) {
  try {
    const value: unknown = document.toJS()
    if (value === null || value === undefined) return {}
    // A section whose keys are all commented out has no value; that is no fault.
    if (isTree(value)) return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null))
  } catch (error) {
    throw new ZafraError('config', `${file}: ${reason(error)}`, { cause: error })
  }
  throw new ZafraError('config', `${file}:1: expected a map of settings ("locale: es"), found something else`)
}

/** Where the key or value at `path` begins; the nearest thing around it that is there, if it is not. */
function offsetOf(document: Document.Parsed, path: Path, of: 'key' | 'value'): number {
  let node: unknown = document.contents
  let offset = 0
  for (const [depth, step] of path.entries()) {
    if (!isCollection(node)) return offset
    const item: unknown = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : node.items[Number(step)]
    if (item === undefined) return offset
    const last = depth === path.length - 1
    offset = startOf(isPair(item) ? item.key : item) ?? offset
    node = isPair(item) ? item.value : item
    if (last && of === 'value') offset = startOf(node) ?? offset
  }
  return offset
}

function startOf(node: unknown): number | undefined {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : undefined
}
