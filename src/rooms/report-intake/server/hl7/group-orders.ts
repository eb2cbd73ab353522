import type { Hl7Message, Segment } from './parse.ts'

/** One order with what belongs to it, in the order of the message. */
export type OrderGroup = {
  patient: PatientGroup
  obr?: Segment
  orc?: Segment
  specimens: Segment[]
  notes: Segment[]
  results: { obx: Segment; notes: Segment[] }[]
}

export type PatientGroup = { pid?: Segment; visit?: Segment; notes: Segment[] }

/**
 * Sorts the segments of ORU and OUL messages into orders. The structures of the versions differ (ORC before or
 * behind OBR, SPM before or behind the results) and senders mix them, so only what each segment can belong to is
 * asked, never the exact grammar.
 */
export function groupOrders(message: Hl7Message, specimenFirst: boolean): OrderGroup[] {
  const groups: OrderGroup[] = []
  let patient: PatientGroup = { notes: [] }
  let order: OrderGroup | undefined
  let pendingOrc: Segment | undefined
  let pendingSpecimens: Segment[] = []
  let noted: Segment[] = patient.notes
  const start = (obr: Segment | undefined): OrderGroup => {
    const group: OrderGroup = { patient, specimens: pendingSpecimens, notes: [], results: [] }
    if (obr) group.obr = obr
    if (pendingOrc) group.orc = pendingOrc
    pendingOrc = undefined
    pendingSpecimens = []
    groups.push(group)
    return group
  }
  for (const segment of message.segments) {
    switch (segment.name) {
      case 'PID':
        // Notes or a visit that came too early belong to the first patient.
        patient = patient.pid ? { pid: segment, notes: [] } : Object.assign(patient, { pid: segment })
        order = undefined
        noted = patient.notes
        break
      case 'PV1':
        patient.visit ??= segment
        break
      case 'ORC':
        if (order?.obr && !order.orc && order.results.length === 0) order.orc = segment
        else pendingOrc = segment
        break
      case 'OBR':
        // Results that stood between a specimen and its order are the order's.
        if (order && !order.obr && order.specimens.length > 0) {
          order.obr = segment
          if (pendingOrc) order.orc = pendingOrc
          pendingOrc = undefined
        } else order = start(segment)
        noted = order.notes
        break
      case 'OBX': {
        order ??= start(undefined)
        const result = { obx: segment, notes: [] }
        order.results.push(result)
        noted = result.notes
        break
      }
      case 'SPM':
        if (order && !specimenFirst) order.specimens.push(segment)
        else {
          pendingSpecimens = [segment]
          order = undefined
        }
        break
      case 'NTE':
        noted.push(segment)
        break
    }
  }
  return groups
}
