import type { Instrument } from '../core/instrument.ts'
import { chinaPar10y } from './china-par-10y/china-par-10y.ts'
import { chinaParLifetime } from './china-par-lifetime/china-par-lifetime.ts'

export const instruments: Instrument[] = [chinaPar10y, chinaParLifetime]
