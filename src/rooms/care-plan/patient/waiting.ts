import { waitingLine } from '../../../platform/patient-web/index.ts'
import type { Tick } from '../contract/check-in.ts'

/** Ticks that have not arrived. */
export const tickLine = waitingLine<Tick>('peiban.ticks')
