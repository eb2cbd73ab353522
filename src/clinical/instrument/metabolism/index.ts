import type { Instrument } from '../core/instrument.ts'
import { bmiWaistWst428 } from './bmi-waist-wst428/bmi-waist-wst428.ts'
import { chinaDiabetesRiskScore } from './china-diabetes-risk-score/china-diabetes-risk-score.ts'
import { ckdEpi2021 } from './ckd-epi-2021/ckd-epi-2021.ts'
import { findrisc } from './findrisc/findrisc.ts'
import { liverInsulinIndices } from './liver-insulin-indices/liver-insulin-indices.ts'
import { metabolicSyndrome } from './metabolic-syndrome/metabolic-syndrome.ts'
import { osta } from './osta/osta.ts'

export const instruments: Instrument[] = [
  ckdEpi2021,
  chinaDiabetesRiskScore,
  findrisc,
  metabolicSyndrome,
  bmiWaistWst428,
  liverInsulinIndices,
  osta,
]
