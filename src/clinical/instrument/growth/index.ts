import type { Instrument } from '../core/instrument.ts'

export const instruments: Instrument[] = []
