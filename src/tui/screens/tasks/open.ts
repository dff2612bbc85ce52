import type { Session } from '../../session.ts'

/** Opens the tasks of the batch in view, narrowed by a search and to the failures of one group. */
export function openTasks(
  session: Session,
  { search = '', error = null }: { search?: string; error?: { key: string; name: string } | null },
): void {
  const changed = session.state.tasks.error?.key !== error?.key
  session.set({ tasks: { error } })
  void session.lists.tasks.search(search)
  if (changed) void session.lists.tasks.reset()
  session.open('tasks')
}
