/** Children and files go with us, however we end; a child whose parent was killed ends by itself. */
import { endChildren } from './child'
import type { Workspace } from './workspace'

export function leaveNothing(workspace: Workspace): void {
  process.once('exit', () => {
    endChildren()
    workspace.remove()
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
}
