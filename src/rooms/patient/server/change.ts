import { brokenConstraint } from '../../../platform/database/database.ts'
import { maskEmail, type PatientId } from '../../../platform/contract/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientChanged } from '../contract/events.ts'
import type { KeptPreferences, Paper, PatientChanges, Preferences } from '../contract/person.ts'
import { patientProblem } from '../contract/problems.ts'
import { requireVisible } from './access.ts'
import { comparedBy, holdPhones, proposeDuplicates } from './duplicates.ts'
import { findKnown } from './match-store.ts'
import { sealGuardian } from './patient-row.ts'
import { needsGuardian, settleIdentity } from './rules/identity.ts'
import { sealEmail, sealPaper, sealPhone } from './sealed-identity.ts'
import { deleteWords, insertWords } from './search-store.ts'
import { searchWords } from './search-words.ts'
import { insertChanges, updatePatient, type PatientRow, type PatientUpdate } from './store.ts'

/**
 * Changes who somebody is. `version` is the one the changer saw.
 * @throws Problem NotFound, PatientMerged, ChangedMeanwhile, and what `settleIdentity` and registering refuse
 */
export async function changePatient(
  ctx: WriteContext,
  patientId: string,
  version: number,
  changes: PatientChanges,
): Promise<void> {
  const row = await requireVisible(ctx, patientId)
  if (row.state === 'merged') throw patientProblem('PatientMerged')
  if (row.version !== version) throw platformProblem('ChangedMeanwhile')
  const update = columnsOf(ctx, row, changes)
  const fields = (Object.keys(changes) as (keyof PatientChanges)[]).filter((field) => changes[field] !== undefined)
  if (update.paper_index && !row.paper_index?.equals(update.paper_index as Buffer))
    await refuseKnownPaper(ctx, patientId, update.paper_index as Buffer)
  const after = { ...row, ...update } as PatientRow
  const compared = comparedBy(after)
  await holdPhones(ctx.tx, compared.phones)
  try {
    if (!(await updatePatient(ctx.tx, ctx.organizationId, patientId, update, ctx.clock.now(), version)))
      throw platformProblem('ChangedMeanwhile')
  } catch (error) {
    // Somebody entered the same paper between the look and the write.
    if (brokenConstraint(error) === 'patient_by_paper')
      throw patientProblem('PatientExistsElsewhere', {}, 'body.changes.paper')
    throw error
  }
  await renewWords(ctx, row, after)
  await insertChanges(
    ctx.tx,
    ctx.organizationId,
    [
      {
        id: ctx.ids.next(),
        patientId,
        kind: 'changed',
        detail: { fields },
        byId: ctx.actor.id,
        byName: ctx.actor.name,
      },
    ],
    ctx.clock.now(),
  )
  await proposeDuplicates(ctx, [compared])
  ctx.audit.detail = { fields }
  await ctx.emit(patientChanged, { patientId: patientId as PatientId, fields })
}

/** The columns a change writes, checked and sealed. */
function columnsOf(ctx: WriteContext, row: PatientRow, changes: PatientChanges): PatientUpdate {
  const settled = settleIdentity(
    {
      sex: changes.sex ?? row.sex,
      birthDate: changes.birthDate === undefined ? row.birth_date : changes.birthDate,
      paper: changes.paper === undefined ? openPaper(ctx, row) : changes.paper,
    },
    ctx.today,
  )
  const touchesAge = changes.birthDate !== undefined || changes.paper !== undefined || changes.guardian !== undefined
  const hasGuardian = changes.guardian === undefined ? row.guardian !== null : changes.guardian !== null
  if (touchesAge && needsGuardian(settled.birthDate, ctx.today) && !hasGuardian)
    throw patientProblem('GuardianNeeded', {}, 'body.changes.guardian')
  const plain = Object.fromEntries(
    (['name', 'level', 'source', 'called', 'locale'] as const).flatMap((key) =>
      changes[key] === undefined ? [] : [[key, changes[key]]],
    ),
  )
  return {
    ...plain,
    ...(changes.preferences === undefined ? {} : { preferences: keptPreferences(row, changes.preferences) }),
    sex: settled.sex,
    birth_date: settled.birthDate,
    ...(changes.paper === undefined ? {} : sealPaper(ctx, settled.paper)),
    ...(changes.phone === undefined ? {} : sealPhone(ctx, changes.phone)),
    ...(changes.email === undefined ? {} : sealEmail(ctx, changes.email)),
    ...(changes.guardian === undefined ? guardianEmail(ctx, row, changes) : sealGuardian(ctx, changes.guardian)),
    ...(changes.recordNumber === undefined ? {} : { record_number: changes.recordNumber }),
  }
}

/** Other words for the good hours stand by themselves; as long as the person's choice stands, so do the words behind it. */
function keptPreferences({ preferences: before }: PatientRow, preferences: Preferences): KeptPreferences {
  const isSame = preferences.goodHours === (before.goodHours ?? '')
  return { ...preferences, goodHoursNoted: isSame ? (before.goodHoursNoted ?? '') : '' }
}

/** Another address of the guardian who stands; nothing where there is none. */
function guardianEmail(
  ctx: Opening & Pick<WriteContext, 'sealer'>,
  { guardian }: PatientRow,
  { guardianEmail: email }: PatientChanges,
): PatientUpdate {
  if (email === undefined || !guardian) return {}
  return {
    guardian: { ...guardian, emailMasked: email === null ? null : maskEmail(email) },
    guardian_email_sealed: email === null ? null : ctx.sealer.seal(ctx.organizationId, email),
  }
}

async function refuseKnownPaper(ctx: WriteContext, patientId: string, index: Buffer): Promise<void> {
  const holder = (await findKnown(ctx.tx, ctx.organizationId, { papers: [index] })).find(
    (one) => one.state !== 'merged' && one.id !== patientId,
  )
  if (!holder) return
  const seen = await requireVisible(ctx, holder.id).catch(() => undefined)
  throw seen
    ? patientProblem('PatientExists', { name: seen.name, patientId: seen.id }, 'body.changes.paper')
    : patientProblem('PatientExistsElsewhere', {}, 'body.changes.paper')
}

/** Words that only the former row had go, new ones come; words other rooms added stay. */
async function renewWords(ctx: WriteContext, before: PatientRow, after: PatientRow): Promise<void> {
  const [old, fresh] = [wordsOfRow(ctx, before), wordsOfRow(ctx, after)]
  const gone = old.filter((word) => !fresh.includes(word))
  if (gone.length > 0) await deleteWords(ctx.tx, ctx.organizationId, after.id, gone)
  await insertWords(
    ctx.tx,
    ctx.organizationId,
    fresh.map((word) => ({ patientId: after.id, word })),
  )
}

function wordsOfRow(ctx: Opening, row: PatientRow): string[] {
  const open = (sealed: Buffer | null) => (sealed ? ctx.sealer.open(ctx.organizationId, sealed) : null)
  return searchWords(ctx, {
    name: row.name,
    called: row.called,
    recordNumber: row.record_number,
    paperNumber: open(row.paper_sealed),
    phones: [open(row.phone_sealed), open(row.guardian_phone_sealed)],
  })
}

type Opening = Pick<ReadContext, 'sealer' | 'organizationId'>

function openPaper(ctx: Opening, row: PatientRow): Paper | null {
  return row.paper_sealed && row.paper_kind
    ? { kind: row.paper_kind, number: ctx.sealer.open(ctx.organizationId, row.paper_sealed) }
    : null
}
