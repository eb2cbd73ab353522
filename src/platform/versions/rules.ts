import type { VersionState } from './table.ts'

interface Written {
  state: VersionState
  changed_by: string | null
}

/**
 * Whether a draft was last written by the one who asks. Two people read what counts: such a one does not publish it.
 * What no person wrote is nobody's own.
 */
export function isOwnDraft({ changed_by }: Pick<Written, 'changed_by'>, actor: { id: string | null }): boolean {
  return changed_by !== null && changed_by === actor.id
}

/** Whether to offer publishing to somebody with that permission. */
export function mayPublish(
  row: Written,
  { id, permissions }: { id: string | null; permissions: ReadonlySet<string> },
  permission: string,
): boolean {
  return row.state === 'draft' && permissions.has(permission) && !isOwnDraft(row, { id })
}
