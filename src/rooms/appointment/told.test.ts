import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse, type Caller } from '../../../test/house.ts'
import { aCampaign, aRunning, messagesOf } from '../campaign/sample-campaign.ts'
import { stepDue } from '../campaign/server/index.ts'
import { aTemplate, publish } from '../message/sample.ts'
import { registerPatient } from '../patient/server/index.ts'
import { listUnmatched, settlePerson } from '../report-intake/contract/persons.ts'
import { processIntake } from '../report-intake/server/index.ts'
import { createApiKey } from '../staff/contract/api-key.ts'
import { appointmentsOfPatient, cancelAppointment, markAppointment } from './contract/appointment.ts'

/** HL7 SIU: what a hospital system tells of its appointments, in whatever order and however often. */
const house = await aHouse()
let desk: Caller
let key: string
let count = 0

beforeAll(async () => {
  const administrator = await house.as('system-administrator')
  const named = { name: 'HIS', permissions: ['intake.submit' as const], validDays: 30 }
  ;({ key } = await administrator.call(createApiKey, { body: named as never }))
  desk = await house.as('front-desk')
  await publish(house, aTemplate({ code: 'journey-word', channels: ['email', 'in-app'] }))
})

interface Siu {
  event?: string
  /** MSH-7: when it was written there. */
  at?: string
  placer?: string
  filler?: string
  start?: string
  state?: string
  reason?: string
  number?: string
  name?: string
}

function siu({ event = 'S12', at = '20260302080000', placer = '', filler = 'F1', ...rest }: Siu): string {
  const { start = '202603051430', state = 'Booked', reason = '', number = 'H1', name = '韩梅' } = rest
  const sch = [
    'SCH',
    placer,
    filler,
    '',
    '',
    '',
    reason && `^${reason}`,
    'FU^复诊',
    '',
    '30',
    'min',
    start && `^^^${start}`,
  ]
  return [
    `MSH|^~\\&|HIS|本部|PEIBAN|PEIBAN|${at}||SIU^${event}|S${++count}|P|2.4`,
    `${sch.join('|')}|||||D012^陆^雅琴|||||||||${state}`,
    `PID|1||${number}^^^&BLH||${name}||19810305|F`,
    'PV1|1|O||||||||内分泌科',
    'AIL|1||312^^^^^^门诊楼^三层',
    '',
  ].join('\r')
}

async function hand(message: string): Promise<string> {
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/intake/hl7',
    payload: message,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain' },
  })
  while ((await processIntake(house.house, house.tenant)) > 0);
  await house.settle()
  return answer.body
}

async function aMember(name = '韩梅'): Promise<{ patientId: never; number: string }> {
  const number = `H${++count}`
  const person = { name, birthDate: '1981-03-05', recordNumber: number, email: `${number}@example.com` }
  return { patientId: (await house.write((ctx) => registerPatient(ctx, person as never))) as never, number }
}
const linesOf = async (patientId: never) => {
  const { coming, over } = await desk.call(appointmentsOfPatient, { params: { patientId } })
  return [...coming, ...over]
}

describe('S3-19 told by a hospital system', () => {
  test('booked, moved, cancelled; sent twice it is one', async () => {
    const { patientId, number } = await aMember()
    const ids = { number, filler: `F-${number}`, placer: `P-${number}` }
    expect(await hand(siu(ids))).toContain('MSA|AA')
    await hand(siu(ids))
    expect(await linesOf(patientId)).toMatchObject([
      {
        status: 'booked',
        on: '2026-03-05',
        from: '14:30',
        minutes: 30,
        service: '复诊',
        department: '内分泌科',
        practitioner: '陆雅琴',
        source: 'HIS/本部',
        can: [],
      },
    ])
    await hand(siu({ ...ids, event: 'S13', at: '20260302090000', start: '202603101000' }))
    expect(await linesOf(patientId)).toMatchObject([
      { on: '2026-03-10', from: '10:00', movedFrom: { on: '2026-03-05', from: '14:30' } },
    ])
    await hand(siu({ ...ids, event: 'S15', at: '20260302100000', start: '', state: 'Cancelled', reason: '医生停诊' }))
    expect(await linesOf(patientId)).toMatchObject([
      { status: 'cancelled', cancelledBy: 'system', because: '医生停诊', on: '2026-03-10', service: '复诊' },
    ])
  })

  test('what was written earlier comes too late, also when the cancellation is the first that comes', async () => {
    const { patientId, number } = await aMember()
    const ids = { number, filler: `F-${number}` }
    await hand(siu({ ...ids, event: 'S15', at: '20260302100000', start: '' }))
    await hand(siu({ ...ids, event: 'S13', at: '20260302090000', start: '202603101000' }))
    await hand(siu({ ...ids, at: '20260302080000' }))
    expect(await linesOf(patientId)).toMatchObject([{ status: 'cancelled' }])
  })

  test('known by the placer’s number until the calendar has given its own', async () => {
    const { patientId, number } = await aMember()
    await hand(siu({ number, filler: '', placer: `P-${number}` }))
    await hand(siu({ number, filler: `F-${number}`, placer: `P-${number}`, event: 'S14', at: '20260302090000' }))
    await hand(siu({ number, filler: `F-${number}`, event: 'S26', at: '20260305150000' }))
    expect(await linesOf(patientId)).toMatchObject([{ status: 'noshow' }])
  })

  test('reminders follow it', async () => {
    const { patientId, number } = await aMember()
    const wait = (id: string, days: number, hours: number) => ({ id, kind: 'wait', until: { anchor: { days, hours } } })
    const send = (id: string, validHours: number) => ({
      id,
      kind: 'send',
      template: 'journey-word',
      channels: ['email'],
      validHours,
    })
    const path = [wait('a', -1, 0), send('tomorrow', 12), wait('b', 0, -1), send('soon', 0.75)] as never
    const trigger = { kind: 'date', date: 'appointment' } as const
    const campaign = await aRunning(house, aCampaign({ audience: null, trigger, path }))
    const ids = { number, filler: `F-${number}` }
    await hand(siu({ ...ids, start: '202603201430' }))
    await hand(siu({ ...ids, event: 'S13', at: '20260302090000', start: '202603251430' }))
    const said = async (at: string) => {
      house.clock.set(at)
      await stepDue(house.house, house.tenant)
      const all = await messagesOf(house, campaign)
      return all.filter((row) => row.patient_id === patientId).map(({ touch }) => touch.split(':').at(-1))
    }
    expect(await said('2026-03-19T06:30:00Z')).toEqual([])
    expect(await said('2026-03-24T06:30:00Z')).toEqual(['tomorrow'])
    await hand(siu({ ...ids, event: 'S15', at: '20260324160000' }))
    expect(await said('2026-03-25T05:30:00Z')).toEqual(['tomorrow'])
    house.clock.set('2026-03-02T02:00:00Z')
  })

  test('of somebody unknown it waits with its reason, and is there once it is settled who it is', async () => {
    desk = await house.as('front-desk')
    const number = 'X404'
    expect(await hand(siu({ number, filler: 'F-X404', name: '查无此人' }))).toContain('MSA|AA')
    const { rows } = await desk.call(listUnmatched, { query: {} as never })
    const waiting = rows.find(({ name }) => name === '查无此人')!
    expect(waiting.reason).toBe('nobody')
    const { patientId } = await aMember('查无此人')
    await desk.call(settlePerson, { params: { personId: waiting.id }, body: { patientId, version: waiting.version } })
    await house.settle()
    while ((await processIntake(house.house, house.tenant)) > 0);
    await house.settle()
    expect(await linesOf(patientId)).toMatchObject([{ status: 'booked', on: '2026-03-05' }])
  })

  test('it is moved and cancelled there; who has come is noted here, and stays noted', async () => {
    const { patientId, number } = await aMember()
    const ids = { number, filler: `F-${number}` }
    await hand(siu({ ...ids, start: '202603021430' }))
    const [line] = await linesOf(patientId)
    const params = { appointmentId: line!.id }
    const off = await desk.try(cancelAppointment, { params, body: { because: '客户出差', revision: 1 } })
    expect(off.code).toBe('AppointmentElsewhere')
    await desk.call(markAppointment, { params, body: { status: 'arrived', revision: 1 } })
    await hand(siu({ ...ids, event: 'S14', at: '20260302103000', start: '202603021430' }))
    expect(await linesOf(patientId)).toMatchObject([{ status: 'arrived' }])
  })

  test.each([
    ['no number', { filler: '', placer: '' }, 'MSA|AE'],
    ['no time', { start: '' }, 'MSA|AE'],
    ['a day without an hour', { start: '20260305' }, 'MSA|AE'],
    ['an event nobody takes', { event: 'S23' }, 'MSA|AR'],
  ])('%s: refused with the place of the fault, and nothing is booked', async (_what, over, verdict) => {
    const { patientId, number } = await aMember()
    expect(await hand(siu({ number, ...over }))).toContain(verdict)
    expect(await linesOf(patientId)).toEqual([])
  })
})
