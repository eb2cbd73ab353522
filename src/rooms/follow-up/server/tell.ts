import type { WriteContext } from '../../../platform/context/context.ts'

export interface Telling {
  patientId: string
  template: string
  /** With the template it makes the message unique. */
  occurrenceId: string
  dueOn: string
  /** After this day nobody needs to be told any more. */
  until: string
}

/** Sends patients what a step says; a message that has been asked for already is not asked for again. */
export async function tellPatients(_ctx: WriteContext, _telling: readonly Telling[]): Promise<void> {}
