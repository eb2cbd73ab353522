import type { Instrument } from '../core/instrument.ts'
import { osta } from './osta/osta.ts'

export const instruments: Instrument[] = [osta]
