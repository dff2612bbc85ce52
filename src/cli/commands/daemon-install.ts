import { mkdir, writeFile } from 'node:fs/promises'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Argv } from 'yargs'
import { reason, ZafraError } from '../../domain/error.ts'
import { safe } from '../../domain/safe.ts'
import { command, type Globals } from '../command.ts'
import { PROGRAM } from '../package.ts'
import { unitName, unitText } from '../daemon/unit.ts'
import { workspaceConfig } from '../workspace.ts'

export const install = command({
  command: 'install',
  describe: 'a systemd unit for the daemon of this workspace: shows it, or writes it',
  examples: [
    ['zafra daemon install', 'shows a unit for the service manager of this user'],
    ['sudo zafra daemon install --system --as harvest --write', "to the machine's units, running as harvest"],
  ],
  options: (yargs: Argv<Globals>) =>
    yargs
      .option('user', { type: 'boolean', describe: "for the user's own service manager (the default)" })
      .option('system', { type: 'boolean', describe: "for the machine's" })
      .option('as', { type: 'string', requiresArg: true, describe: 'with --system: the user it runs as' })
      .option('write', { type: 'boolean', default: false, describe: 'writes it where systemd looks' })
      .conflicts('user', 'system')
      .conflicts('user', 'as'),
  async run(options, output, io) {
    const config = await workspaceConfig(options, io)
    const name = unitName(config.workspace)
    const text = unitText({
      config,
      node: process.execPath,
      program: PROGRAM,
      kind: options.system ? { of: 'system', user: options.as ?? userInfo().username } : { of: 'user' },
    })
    if (!options.write) return output.raw(text)
    const folder = options.system ? '/etc/systemd/system' : userUnits(io.env)
    const path = join(folder, name)
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(path, text)
    } catch (error) {
      throw new ZafraError('storage', `${path} cannot be written: ${reason(error)}`, { cause: error })
    }
    const systemctl = options.system ? 'systemctl' : 'systemctl --user'
    output.line(safe(path))
    output.note(`${systemctl} daemon-reload && ${systemctl} enable --now ${name}`)
    if (!options.system) output.note('loginctl enable-linger keeps it running while nobody is logged in')
  },
})

function userUnits({ XDG_CONFIG_HOME, HOME }: NodeJS.ProcessEnv): string {
  return join(XDG_CONFIG_HOME || join(HOME || homedir(), '.config'), 'systemd', 'user')
}
