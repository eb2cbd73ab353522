import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { raiseByHand } from '../contract/alert.ts'
import { alertProblem } from '../contract/problems.ts'
import { raiseAlert } from './raise.ts'

/** What no rule sees: a finding of an image, a word on the telephone. @returns the id of the alert */
export async function raiseFromPage(
  ctx: WriteContext,
  patientId: string,
  body: InputOf<typeof raiseByHand>['body'],
): Promise<string> {
  await requireVisible(ctx, patientId)
  const { class: cls, kind, title, note, key } = body
  const raised = await raiseAlert(ctx, { patientId, class: cls, kind, title, note, source: 'staff', sourceKey: key })
  if (!raised) throw alertProblem('AlertPatientNotActive')
  ctx.audit.subjectId = raised.id
  return raised.id
}
