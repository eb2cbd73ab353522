import type { TestHouse } from '../../../test/house.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'

/** Tells of a merge, and waits for what follows. @returns its id */
export async function mergeIntoNow(house: TestHouse, fromId: string, intoId: string): Promise<string> {
  const mergeId = house.house.ids.next<string & never>() as string
  await house.write((ctx) =>
    ctx.emit(patientMerged, { fromId: fromId as never, intoId: intoId as never, mergeId: mergeId as never }),
  )
  await house.settle()
  return mergeId
}

export async function unmergeNow(house: TestHouse, fromId: string, intoId: string, mergeId: string): Promise<void> {
  await house.write((ctx) =>
    ctx.emit(patientUnmerged, { fromId: fromId as never, intoId: intoId as never, mergeId: mergeId as never }),
  )
  await house.settle()
}
