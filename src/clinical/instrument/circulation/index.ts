import type { Instrument } from '../core/instrument.ts'
import { cha2ds2Vasc } from './cha2ds2-vasc/cha2ds2-vasc.ts'
import { chinaPar10y } from './china-par-10y/china-par-10y.ts'
import { chinaParLifetime } from './china-par-lifetime/china-par-lifetime.ts'
import { framingham2008 } from './framingham-2008/framingham-2008.ts'
import { hypertensionChina2024 } from './hypertension-china-2024/hypertension-china-2024.ts'
import { lipidChina2023 } from './lipid-china-2023/lipid-china-2023.ts'
import { preventBase } from './prevent-base/prevent-base.ts'
import { score2 } from './score2/score2.ts'

export const instruments: Instrument[] = [
  chinaPar10y,
  chinaParLifetime,
  hypertensionChina2024,
  lipidChina2023,
  cha2ds2Vasc,
  framingham2008,
  score2,
  preventBase,
]
