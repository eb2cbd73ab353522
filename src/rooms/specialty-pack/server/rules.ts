import type { Plan } from '../contract/specialty-pack.ts'

export interface Standing {
  version: number
  digest: string
}

/** How the code of a part stands in its room. */
export interface Found {
  inForce?: Standing | undefined
  draft?: Standing | undefined
  retired?: Standing | undefined
}

/** What the pack laid down under this code before. */
export interface Brought {
  partVersion: number
  digest: string
  takenOut: boolean
}

/**
 * What an installation, or an update, does with a part.
 * @param digest of what the pack holds now; null for content that it only names
 * @param publishes whether whoever installs may put it in force themselves
 */
export function planOf(
  digest: string | null,
  { inForce, draft, retired }: Found,
  brought: Brought | undefined,
  publishes: boolean,
): Plan {
  if (digest === null) return inForce || draft ? 'there' : retired ? 'off' : 'missing'
  const fresh = publishes ? 'put' : 'lay'
  if (draft) return withDraft(digest, draft, inForce, brought)
  if (inForce) {
    if (inForce.digest === digest) return 'there'
    if (!brought) return 'taken'
    return inForce.digest === brought.digest ? 'renew' : 'kept'
  }
  // What the house has thrown away is not brought again unless the pack says something new.
  if (!retired) return brought?.digest === digest ? 'off' : fresh
  if (!brought) return 'taken'
  // The house's own decision to take it out stands; ours ends with the pack's return.
  if (!brought.takenOut || retired.digest !== brought.digest) return 'off'
  return brought.digest === digest ? 'restore' : fresh
}

/** Somebody may be writing: only a draft that is still word for word the pack's own is ever renewed. */
function withDraft(digest: string, draft: Standing, inForce: Standing | undefined, brought: Brought | undefined): Plan {
  if (draft.digest === digest || inForce?.digest === digest) return 'there'
  if (!brought) return 'taken'
  return draft.digest === brought.digest ? 'renew' : 'kept'
}

/** Plans that write something. */
export const WRITES: ReadonlySet<Plan> = new Set(['lay', 'put', 'renew', 'restore'])

export type TakingOut = 'drop' | 'retire' | 'stay'

/**
 * What taking a pack out does with a part it brought: an untouched draft goes, what is only offered is offered no more,
 * everything else stays. What says something about people or answers in somebody's name is theirs to end.
 * @param retires whether content of this kind may be taken out of force by a pack
 */
export function takingOutOf({ inForce, draft }: Found, brought: Brought, retires: boolean): TakingOut {
  if (draft && draft.digest === brought.digest && !inForce) return 'drop'
  if (inForce && retires && inForce.digest === brought.digest) return 'retire'
  return 'stay'
}

/** Whether the house has made the part its own. */
export function isChangedHere({ inForce, draft, retired }: Found, brought: Brought | undefined): boolean {
  const shown = inForce ?? draft ?? retired
  return brought !== undefined && shown !== undefined && shown.digest !== brought.digest
}
