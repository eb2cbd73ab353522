import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { findPatientTags } from './patient-tag-store.ts'

export interface StandingTag {
  code: string
  name: Bilingual
  explanation: Bilingual
  tone: 'neutral' | 'info' | 'caution' | 'danger'
  visibility: 'service' | 'clinical'
  /** Where the threshold is from; null for a tag by hand. */
  source: string | null
  setAt: Date
  /** The person wishes nothing to be recommended by it. */
  isRefused: boolean
}

/** The tags that stand on a person, suppressed ones left out. Who may see them is the caller's business. */
export async function tagsOf(
  ctx: Pick<ReadContext, 'db' | 'organizationId' | 'clock'>,
  patientId: string,
): Promise<StandingTag[]> {
  const rows = await findPatientTags(ctx.db, ctx.organizationId, patientId, ctx.clock.now())
  return rows
    .filter((row) => row.state === 'active')
    .map(({ tag_code: code, source, set_at: setAt, refused_at: refusedAt, definition }) => ({
      code,
      name: definition.name,
      explanation: definition.explanation,
      tone: definition.tone,
      visibility: definition.visibility,
      source: source === 'rule' ? definition.source : null,
      setAt,
      isRefused: refusedAt !== null,
    }))
}
