import { resolve } from 'node:path'
import type { Argv } from 'yargs'
import { ZafraError } from '../../domain/error.ts'
import { command, type Globals } from '../command.ts'
import { exists, writeFiles } from '../write-files.ts'

export const init = command({
  command: 'init [dir]',
  describe: 'make a workspace: configuration, lists, code list, an example scraper',
  examples: [
    ['zafra init harvest', 'in a new folder'],
    ['zafra init', 'here'],
  ],
  options: (yargs: Argv<Globals>) =>
    yargs.positional('dir', { type: 'string', default: '.', describe: 'folder' }),
  async run({ dir }, output, io) {
    const [{ workspaceTemplate }, { formatCodeList }, { shippedCodes }] = await Promise.all([
      import('../../config/template.ts'),
      import('../../plan/code-list.ts'),
      import('../../plan/shipped-codes.ts'),
    ])
    const folder = resolve(io.cwd, dir)
    if (await exists(resolve(folder, 'zafra.yaml'))) {
      throw new ZafraError(
        'conflict',
        `${folder} is a workspace already: it has a zafra.yaml; nothing was changed`,
      )
    }
    const { written, kept } = await writeFiles(folder, workspaceTemplate(formatCodeList(shippedCodes)))
    for (const path of written) output.line(path)
    for (const path of kept) output.note(`kept as it is: ${path}`)
    output.note(`${folder} is a workspace. Put your lists into urls/, then: zafra plan`)
  },
})
