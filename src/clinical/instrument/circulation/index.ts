import type { Instrument } from '../core/instrument.ts'
import { chinaPar10y } from './china-par-10y/china-par-10y.ts'
import { chinaParLifetime } from './china-par-lifetime/china-par-lifetime.ts'
import { framingham2008 } from './framingham-2008/framingham-2008.ts'
import { preventBase } from './prevent-base/prevent-base.ts'
import { score2 } from './score2/score2.ts'

export const instruments: Instrument[] = [chinaPar10y, chinaParLifetime, framingham2008, score2, preventBase]
