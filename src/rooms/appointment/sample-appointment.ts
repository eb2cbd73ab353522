import type { TestHouse } from '../../../test/house.ts'
import type { CallOf } from '../../platform/contract/index.ts'
import type { bookAppointment } from './contract/appointment.ts'

/** A booking as a front desk makes it. */
export function anAppointment({ house }: TestHouse, over: object = {}): CallOf<typeof bookAppointment>['body'] {
  return {
    key: house.ids.next<string>(),
    on: '2026-03-05',
    from: '14:30',
    minutes: 30,
    service: '复诊',
    department: '内分泌科',
    practitioner: '陆雅琴',
    place: '门诊楼三层 312',
    bring: '血糖记录本',
    ...over,
  }
}
