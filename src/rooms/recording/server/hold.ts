import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { recordingProblem } from '../contract/problems.ts'
import type { holdRecording } from '../contract/settings.ts'
import type { RecordingLine } from '../contract/words.ts'
import { lineOfOne } from './listen.ts'
import { requireAudible } from './record.ts'
import { changeRecording, lockIt } from './store.ts'

/** Keeps a recording beyond its time, or lets it go again: then the next round looks at its age. @throws Problem RecordingUnknown, RecordingSilent */
export async function hold(
  ctx: WriteContext,
  id: string,
  input: InputOf<typeof holdRecording>['body'],
): Promise<RecordingLine> {
  await requireAudible(ctx, id)
  const row = await lockIt(ctx.tx, ctx.organizationId, id)
  if (!row?.sealed_key) throw recordingProblem('RecordingSilent')
  const now = ctx.clock.now()
  await changeRecording(
    ctx.tx,
    ctx.organizationId,
    id,
    input.hold
      ? { held_at: row.held_at ?? now, held_by_name: ctx.actor.name, held_because: input.because }
      : { held_at: null, held_by_name: null, held_because: null },
  )
  ctx.audit.detail = input.hold ? { hold: true, because: input.because } : { hold: false, was: row.held_because }
  return lineOfOne(ctx, id)
}
