import { maskEmail, maskPhone } from '../../../platform/contract/index.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Ids } from '../../../platform/ids.ts'
import type { CheckedPatient } from '../contract/person.ts'
import { patientProblem } from '../contract/problems.ts'
import { needsGuardian, settleIdentity } from './rules/identity.ts'
import { phoneIndex, sealEmail, sealPaper, sealPhone, type Sealing } from './sealed-identity.ts'
import { searchWords } from './search-words.ts'
import type { PatientInsert } from './store.ts'

export interface PreparedPatient {
  row: PatientInsert & { id: string }
  words: string[]
  /** In clear, for what follows in the same call only. */
  paperNumber: string | null
}

type Preparing = Sealing & { ids: Ids; clock: Clock; today: string }

/**
 * Everything that stands in the tables for a new person, checked and sealed; nothing is written yet.
 * A machine that brings a child in with a report has no guardian to name: the file is made and completed by people.
 * @throws Problem what `settleIdentity` refuses, GuardianNeeded
 */
export function preparePatient(ctx: Preparing, person: CheckedPatient): PreparedPatient {
  const { sex, birthDate, paper } = settleIdentity(person, ctx.today)
  if (needsGuardian(birthDate, ctx.today) && !person.guardian && person.source !== 'interface')
    throw patientProblem('GuardianNeeded', {}, 'body.guardian')
  const now = ctx.clock.now()
  const row = {
    organization_id: ctx.organizationId,
    id: ctx.ids.next(),
    name: person.name,
    sex,
    birth_date: birthDate,
    ...sealPaper(ctx, paper),
    ...sealPhone(ctx, person.phone ?? null),
    ...sealEmail(ctx, person.email ?? null),
    ...sealGuardian(ctx, person.guardian ?? null),
    record_number: person.recordNumber ?? null,
    level: person.level,
    source: person.source,
    called: person.called,
    locale: person.locale,
    created_at: now,
    updated_at: now,
  } as PatientInsert & { id: string }
  const words = searchWords(ctx, {
    name: person.name,
    called: person.called,
    recordNumber: person.recordNumber ?? null,
    paperNumber: paper?.number ?? null,
    phones: [person.phone, person.guardian?.phone],
  })
  return { row, words, paperNumber: paper?.number ?? null }
}

export function sealGuardian(sealing: Sealing, guardian: CheckedPatient['guardian'] | null) {
  if (!guardian)
    return { guardian: null, guardian_phone_sealed: null, guardian_phone_index: null, guardian_email_sealed: null }
  const { relation, name, phone, email } = guardian
  return {
    guardian: { relation, name, phoneMasked: maskPhone(phone), emailMasked: email ? maskEmail(email) : null },
    guardian_email_sealed: email ? sealing.sealer.seal(sealing.organizationId, email) : null,
    guardian_phone_sealed: sealing.sealer.seal(sealing.organizationId, phone),
    guardian_phone_index: phoneIndex(sealing, phone),
  }
}
