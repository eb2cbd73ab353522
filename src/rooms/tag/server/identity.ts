import { on, type Listener } from '../../../platform/context/room.ts'
import { wake } from '../../agenda/server/index.ts'
import { patientChanged, patientDeathCorrected, patientDied, patientRegistered } from '../../patient/contract/events.ts'

/** What rules ask of a person beside the record. */
const ASKED = ['birthDate', 'sex', 'paper']

/**
 * Age and sex alone can fire a rule, and so can a death: whoever is new, or turns out to be somebody else, is looked at
 * even if nothing comes into the record.
 */
export const identityListeners: Listener[] = [
  on(patientRegistered, 'tag/look-at-new', (ctx, { patientId }) =>
    wake(ctx.tx, ctx.organizationId, [patientId], 'registered', ctx.clock.now()),
  ),
  on(patientChanged, 'tag/look-at-changed', async (ctx, { patientId, fields }) => {
    if (fields.some((field) => ASKED.includes(field)))
      await wake(ctx.tx, ctx.organizationId, [patientId], 'identity changed', ctx.clock.now())
  }),
  on(patientDied, 'tag/look-at-dead', (ctx, { patientId }) =>
    wake(ctx.tx, ctx.organizationId, [patientId], 'death', ctx.clock.now()),
  ),
  on(patientDeathCorrected, 'tag/look-again', (ctx, { patientId }) =>
    wake(ctx.tx, ctx.organizationId, [patientId], 'death corrected', ctx.clock.now()),
  ),
]
