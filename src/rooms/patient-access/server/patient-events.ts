import type { WriteContext } from '../../../platform/context/context.ts'
import { endSessions } from './session-store.ts'
import { moveBack, moveMerged, withdrawWays } from './way-store.ts'

/** Nobody reads on in the name of somebody who died; the session is over already with the state of the person. */
export async function closeAfterDeath(ctx: WriteContext, patientId: string): Promise<void> {
  await withdrawWays(ctx.tx, ctx.organizationId, { patientId })
  await endSessions(ctx.tx, ctx.organizationId, { patientId }, 'died', ctx.clock.now())
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Links follow the person; whoever is in comes in again, with the date of birth of the file that stands. */
export async function followMerge(ctx: WriteContext, merge: Merge): Promise<void> {
  await endSessions(ctx.tx, ctx.organizationId, { patientId: merge.fromId }, 'merged', ctx.clock.now())
  await moveMerged(ctx.tx, ctx.organizationId, merge)
}

/** Taken back, since these are two people after all: nobody stays in a file that may be somebody else's. */
export async function undoMerge(ctx: WriteContext, merge: Merge): Promise<void> {
  await endSessions(ctx.tx, ctx.organizationId, { patientId: merge.intoId }, 'merged', ctx.clock.now())
  await moveBack(ctx.tx, ctx.organizationId, merge)
}
