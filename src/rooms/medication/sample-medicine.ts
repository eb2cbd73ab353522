import type { Caller, TestHouse } from '../../../test/house.ts'
import { listMedication, startMedication, type ScheduleView } from './contract/medication.ts'
import type { ScheduleContent } from './contract/words.ts'

export const ofPatient = (patientId: string) => ({ params: { patientId: patientId as never } })
export const ofSchedule = (patientId: string, scheduleId: string) => ({
  params: { patientId: patientId as never, scheduleId: scheduleId as never },
})

export const aContent = (fromOn: string, more: Partial<ScheduleContent> = {}): ScheduleContent => ({
  name: '氨氯地平片',
  dose: '1 片（5 mg）',
  words: '饭后服',
  days: { kind: 'daily' },
  minutes: [480, 1200],
  fromOn,
  untilOn: null,
  remind: true,
  ...more,
})

/** Written by this colleague for this person, from today on. */
export async function aMedicine(
  house: TestHouse,
  who: Caller,
  patientId: string,
  more: Partial<ScheduleContent> = {},
  medicationId: string | null = null,
): Promise<ScheduleView> {
  const id = house.house.ids.next<string & never>() as string
  const content = aContent(house.clock.today(house.tenant.timeZone), more)
  const { schedules } = await who.call(startMedication, {
    ...ofPatient(patientId),
    body: { id: id as never, medicationId, content },
  })
  return schedules.find((one) => one.id === id)!
}

export async function medicineOf(who: Caller, patientId: string, id: string): Promise<ScheduleView> {
  const { schedules } = await who.call(listMedication, ofPatient(patientId))
  return schedules.find((one) => one.id === id)!
}
