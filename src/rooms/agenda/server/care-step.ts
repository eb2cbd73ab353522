import type { WriteContext } from '../../../platform/context/context.ts'

/** The patients that are looked at together, and where a step says when to look again. */
export interface CareBatch {
  patientIds: readonly string[]
  now: Date
  /** The organization's calendar date. */
  today: string
  /** Asks to look at a patient again at an instant; the earliest wish of all steps wins. */
  propose(patientId: string, at: Date, reason: string): void
}

/** One part of the care engine: tags, tasks, follow-up plans. Set-based over the batch, idempotent. */
export interface CareStep {
  name: string
  evaluate(ctx: WriteContext, batch: CareBatch): Promise<void>
}
