import { aHouse, type Caller, type TestHouse } from '../../../test/house.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { addScan, getNodule, registerNodule, settleGrade } from './contract/nodule.ts'
import { listNoduleSettings, putNoduleSetting } from './contract/setting.ts'
import type { NoduleView, Organ, ScanBody, System } from './contract/words.ts'
import { installShippedNoduleCards } from './server/index.ts'
import { actOnDue } from './server/round.ts'

/** A small clinic for the tests of nodules: a nurse, a doctor, people of theirs, and the cards in force. */
export interface NoduleClinic {
  house: TestHouse
  nurse: Caller
  doctor: Caller
  aPatient(options?: { name?: string; birthDate?: string }): Promise<string>
  set(organ: Organ, system: System, change?: { rows?: Record<string, object> }): Promise<number>
  found(organ: Organ, scan: Partial<ScanBody>, patientId?: string): Promise<NoduleView>
  look(nodule: NoduleView, scan: Partial<ScanBody>): Promise<NoduleView>
  settled(nodule: NoduleView, system: System, category: string, because?: string): Promise<NoduleView>
  read(nodule: NoduleView): Promise<NoduleView>
  /** The clock goes on, the round goes, and nobody's session ends by it. @returns on how many it acted */
  pass(days: number): Promise<number>
}

export const SOLID: Partial<ScanBody> = {
  on: '2026-03-01',
  modality: 'ldct',
  longMm: 7,
  shortMm: 6,
  features: { type: 'solid' },
}

const SIGNS = '甲乙丙丁戊己庚辛壬癸'
const nameOf = (n: number) => `赵${SIGNS[Math.floor(n / 10) % 10]}${SIGNS[n % 10]}`

/** @param given a house that stands already, such as that of a browser test */
export async function aNoduleClinic(given?: TestHouse): Promise<NoduleClinic> {
  const house = given ?? (await aHouse())
  const nurse = await house.as('service-manager', { name: '李素珍' })
  const doctor = await house.as('physician', { name: '张文远' })
  await house.write(installShippedNoduleCards)
  const key = () => house.house.ids.next<string & never>() as string
  let count = 0
  const clinic: NoduleClinic = {
    house,
    nurse,
    doctor,
    aPatient: ({ name = nameOf(count++), birthDate = '1966-04-05' } = {}) =>
      house.write(async (ctx) => {
        const id = await registerPatient(ctx, { name, sex: 'female', birthDate })
        await assignCarers(ctx, id, { doctorId: doctor.staffId, managerId: nurse.staffId })
        return id
      }),
    async set(organ, system, { rows = {} } = {}) {
      const { organs } = await doctor.call(listNoduleSettings)
      const one = organs.find((setting) => setting.organ === organ)!
      const guideline = one.guidelines.find((known) => known.system === system)!
      const proposed = Object.fromEntries(guideline.rows.map(({ key: row, plan }) => [row, plan]))
      const definition = { system, rows: { ...proposed, ...rows }, windowDays: 14, referDays: 14 } as never
      const body = { definition, version: one.current?.version ?? 0, confirmed: true }
      return (await doctor.call(putNoduleSetting, { params: { organ }, body })).version
    },
    async found(organ, scan, patientId) {
      const params = { patientId: (patientId ?? (await clinic.aPatient())) as never }
      const body = { organ, side: 'right' as const, place: '上部', scan: scan as never, key: key() }
      return nurse.call(registerNodule, { params, body })
    },
    look: (nodule, scan) =>
      nurse.call(addScan, { params: { noduleId: nodule.id }, body: { scan: scan as never, key: key() } }),
    async settled(nodule, system, category, because = '') {
      const { version, scans } = await clinic.read(nodule)
      const scanId = scans.find(({ ended }) => !ended)!.id
      return doctor.call(settleGrade, {
        params: { noduleId: nodule.id },
        body: { scanId, system, category, because, version },
      })
    },
    read: (nodule) => doctor.call(getNodule, { params: { noduleId: nodule.id } }),
    async pass(days) {
      house.clock.advance({ days })
      const now = house.clock.now()
      const expires_at = new Date(now.getTime() + 86_400_000)
      const db = house.house.databases.of(house.tenant.id)
      await db.updateTable('session').set({ created_at: now, last_seen_at: now, expires_at }).execute()
      const acted = await actOnDue(house.house, house.tenant)
      await house.settle()
      return acted
    },
  }
  return clinic
}
