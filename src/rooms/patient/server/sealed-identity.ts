import { maskEmail, maskNationalId, maskPhone } from '../../../platform/contract/index.ts'
import type { Sealer } from '../../../platform/pii/sealer.ts'
import type { Paper } from '../contract/person.ts'

/** What a value becomes at rest: unreadable, findable, recognisable. */
export interface Sealing {
  organizationId: string
  sealer: Sealer
}

export function sealPaper({ organizationId, sealer }: Sealing, paper: Paper | null) {
  if (!paper) return { paper_kind: null, paper_sealed: null, paper_index: null, paper_masked: null }
  return {
    paper_kind: paper.kind,
    paper_sealed: sealer.seal(organizationId, paper.number),
    paper_index: paperIndex({ organizationId, sealer }, paper.number),
    paper_masked: maskNationalId(paper.number),
  }
}

export function sealPhone({ organizationId, sealer }: Sealing, phone: string | null) {
  if (!phone) return { phone_sealed: null, phone_index: null, phone_masked: null }
  return {
    phone_sealed: sealer.seal(organizationId, phone),
    phone_index: phoneIndex({ organizationId, sealer }, phone),
    phone_masked: maskPhone(phone),
  }
}

export function sealEmail({ organizationId, sealer }: Sealing, email: string | null) {
  if (!email) return { email_sealed: null, email_masked: null }
  return { email_sealed: sealer.seal(organizationId, email), email_masked: maskEmail(email) }
}

/** The number alone, whatever the kind: a passport typed under the wrong kind is still the same paper. */
export function paperIndex({ organizationId, sealer }: Sealing, number: string): Buffer {
  return sealer.index(organizationId, 'patient/paper', number)
}

export function phoneIndex({ organizationId, sealer }: Sealing, number: string): Buffer {
  return sealer.index(organizationId, 'patient/phone', number)
}

/** A word of the search table that says nothing to whoever reads it: `#p:1f0e9a3c`. */
export function blindWord({ organizationId, sealer }: Sealing, kind: 'p' | 'q' | 'i' | 'j', text: string): string {
  return `#${kind}:${sealer.index(organizationId, `patient/word/${kind}`, text).subarray(0, 4).toString('hex')}`
}
