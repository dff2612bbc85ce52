import type { Argv } from 'yargs'
import { command, type Globals } from '../command.ts'

export const completion = command({
  command: 'completion <shell>',
  describe: 'the script that completes commands, options, task ids, batches and sites',
  examples: [
    ['zafra completion bash >> ~/.bashrc', ''],
    ['zafra completion zsh >> ~/.zshrc', ''],
    ['zafra completion fish > ~/.config/fish/completions/zafra.fish', ''],
  ],
  options: (yargs: Argv<Globals>) =>
    yargs.positional('shell', { choices: ['bash', 'zsh', 'fish'] as const, demandOption: true }),
  async run({ shell }, _output, io) {
    const { createParser } = await import('../parser.ts')
    // yargs knows the shell from here and from nowhere else.
    process.env['SHELL'] = shell
    createParser([], [], '', io, () => {}).showCompletionScript()
  },
})
