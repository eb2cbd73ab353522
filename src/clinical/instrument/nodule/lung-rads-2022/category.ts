import { categoryAt } from '../asked.ts'
import card from './model.json' with { type: 'json' }

export type NoduleType = 'solid' | 'partSolid' | 'groundGlass' | 'juxtapleural'
export type Status = 'baseline' | 'new' | 'growing' | 'growingSolid' | 'slowlyGrowing' | 'stable'

export interface Nodule {
  type: NoduleType
  status: Status
  diameterMm: number
  solidMm?: number
}

/** Why the table gives no category: code of a sentence. */
export function obstacleTo({ type, status, diameterMm, solidMm = 0 }: Nodule): string | undefined {
  if (solidMm > diameterMm) return 'solid-larger-than-nodule'
  if (type === 'groundGlass' && (solidMm > 0 || status === 'growingSolid')) return 'not-pure'
  if (type === 'partSolid' && solidMm === 0 && !(diameterMm < 6 && isMeasuredWhole(status))) return 'solid-part-needed'
  if (type === 'partSolid' && status === 'growing') return 'which-part-grew'
  if (status === 'stable' && atBaseline({ type, status, diameterMm, solidMm }) === '4B') return 'stable-4b'
  return undefined
}

/** 2, 3, 4A or 4B; growth means more than 1.5 mm of mean diameter in twelve months. */
export function categoryOf(nodule: Nodule): string {
  const { type, status, diameterMm } = nodule
  if (type === 'groundGlass') return groundGlass(status, diameterMm)
  if (status === 'stable') return card.stepDown[atBaseline(nodule) as keyof typeof card.stepDown]
  if (status === 'slowlyGrowing') return '4B'
  if (type === 'partSolid') return partSolid(nodule)
  if (type === 'juxtapleural' && diameterMm < card.juxtapleuralBelowMm && isMeasuredWhole(status)) return '2'
  if (status === 'baseline') return categoryAt(card.baseline.solid, diameterMm)
  return categoryAt(status === 'new' ? card.fresh.solid : card.growing.solid, diameterMm)
}

function isMeasuredWhole(status: Status): boolean {
  return status === 'baseline' || status === 'new' || status === 'stable'
}

function atBaseline(nodule: Nodule): string {
  return categoryOf({ ...nodule, status: 'baseline' })
}

function groundGlass(status: Status, mm: number): string {
  if (mm < card.groundGlassFromMm) return '2'
  return status === 'stable' || status === 'slowlyGrowing' ? '2' : '3'
}

function partSolid({ status, diameterMm, solidMm = 0 }: Nodule): string {
  const small = diameterMm < card.partSolidFromMm
  if (status === 'baseline') return small ? '2' : categoryAt(card.baseline.solidPart, solidMm)
  if (status === 'new' && small) return '3'
  return categoryAt(card.fresh.solidPart, solidMm)
}
