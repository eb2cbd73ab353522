import type { WriteContext } from '../../../platform/context/context.ts'
import { raiseAlert } from '../../alert/server/index.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import words from '../content/words.json' with { type: 'json' }
import type { EntryRow } from './store.ts'

/**
 * Asks the people on duty to call at once (S0-47). What was written is not told: it stays with whom it was shared with,
 * and a call can be made without it.
 */
export async function raiseDanger(
  ctx: WriteContext,
  entry: Pick<EntryRow, 'id' | 'patient_id' | 'readers'>,
): Promise<void> {
  await raise(ctx, entry.patient_id, 'safety', words.danger, `entry:${entry.id}`)
  const patient = await patientSummary(ctx, entry.patient_id)
  if (!patient?.counsellorId || entry.readers === 'self') return
  await notifyStaff(ctx, patient.counsellorId, {
    kind: 'mood-danger',
    values: { title: patient.name },
    link: `/patients/${patient.id}?tab=mood`,
    sourceKey: `mood-danger:${entry.id}`,
  })
}

/** The person asks for a call; on one day it is one alert. @returns whether somebody was asked now */
export function raiseWish(ctx: WriteContext, patientId: string): Promise<boolean> {
  return raise(ctx, patientId, 'result', words.wish, `wish:${patientId}:${ctx.today}`)
}

async function raise(
  ctx: WriteContext,
  patientId: string,
  kind: 'result' | 'safety',
  said: typeof words.danger,
  sourceKey: string,
): Promise<boolean> {
  const language = ctx.tenant.locale === 'en' ? 'en' : 'zh'
  const raised = await raiseAlert(ctx, {
    patientId,
    class: 'A',
    kind,
    title: said.title[language],
    note: said.note[language],
    source: 'mood-diary',
    sourceKey,
  })
  return raised?.created ?? false
}
