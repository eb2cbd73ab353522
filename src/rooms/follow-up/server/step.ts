import type { CareStep } from '../../agenda/server/index.ts'
import { enrolAndLeave } from './enrol.ts'
import { leaveByRule } from './exits.ts'
import { findPeople } from './person-store.ts'
import { progress } from './progress.ts'
import { findProtocols } from './protocol-store.ts'
import { findRuns, lockFreeRuns } from './run-store.ts'

/** Milliseconds after which a plan is looked at again that somebody else was working on. */
const BUSY_MS = 60_000

/**
 * The care step of follow-ups: lets people into protocols and out of them by their rules, plans the next follow-up of each track,
 * opens windows with a task and a message, and counts as missed what nobody did.
 */
export const followUpStep: CareStep = {
  name: 'follow-up',
  async evaluate(ctx, batch) {
    const protocols = await findProtocols(ctx.db, ctx.organizationId)
    if (protocols.size === 0) return
    const people = await findPeople(ctx, batch.patientIds)
    const known = await findRuns(ctx.db, ctx.organizationId, batch.patientIds)
    const running = await enrolAndLeave(ctx, batch, protocols, people, known)
    const locked = await lockFreeRuns(
      ctx.tx,
      ctx.organizationId,
      running.map((run) => run.id),
    )
    const held = new Set(locked.map((run) => run.id))
    for (const run of running)
      if (!held.has(run.id))
        batch.propose(run.patient_id, new Date(batch.now.getTime() + BUSY_MS), 'follow-up is being worked on')
    const staying = await leaveByRule(ctx, batch, protocols, locked)
    await progress(ctx, batch, protocols, people, staying)
  },
}
