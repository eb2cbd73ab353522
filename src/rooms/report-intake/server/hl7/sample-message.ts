import { nationalIdCheck } from '../national-id.ts'

/** Messages as laboratories send them, about people who do not exist: for tests, measurements and the simulator. */
export type SampleMessage = {
  msh?: { signs?: string; sender?: string; type?: string; id?: string; version?: string; tail?: string }
  pid?: string
  /** Further lines between PID and the order. */
  visit?: string[]
  orders?: string[]
  results?: string[]
  /** Line end; CR by the standard. */
  end?: string
}

/** Area code 110000 was never given to a person, so the number belongs to nobody; its check digit is right. */
export function fictitiousId(birthDate: string, order = 7): string {
  const digits = `110000${birthDate.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  return digits + nationalIdCheck(digits)
}

export function sampleMessage(sample: SampleMessage = {}): string {
  const {
    signs = '^~\\&',
    sender = 'LIS|东院',
    type = 'ORU^R01',
    id = 'M1',
    version = '2.4',
    tail = '',
  } = sample.msh ?? {}
  const {
    pid = 'PID|1||0012345^^^&BLH||张三||19810305|M',
    visit = [],
    results = ['OBX|1|NM|1001^总胆红素||12.3|umol/L|3.4-20.5|N|||F'],
  } = sample
  const orders = sample.orders ?? ['OBR|1|P100|F100|LFT^肝功能|||20260104080000|||||||||||||||20260104093000|||F']
  const lines = [
    `MSH|${signs}|${sender}|PEIBAN|PEIBAN|20260104093001||${type}|${id}|P|${version}${tail}`,
    pid,
    ...visit,
    ...orders,
    ...results,
  ]
  const end = sample.end ?? '\r'
  return lines
    .filter((line) => line !== '')
    .map((line) => line + end)
    .join('')
}
