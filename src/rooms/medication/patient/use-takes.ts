import { systemClock } from '../../../platform/clock.ts'
import {
  call,
  requestId,
  useOwn,
  useWaiting,
  waitingLine,
  type Own,
  type WaitingNotes,
} from '../../../platform/patient-web/index.ts'
import { myMedicine, myTake, myTakeUndo, type MyMedicineView, type Take } from '../contract/my.ts'

type Dose = Pick<Take, 'scheduleId' | 'on' | 'minute'>
export type Said = Pick<Take, 'outcome' | 'reason' | 'words'>

export interface Takes extends Pick<WaitingNotes<Take>, 'kept' | 'isStuck' | 'problem' | 'undo'> {
  medicine: Own<MyMedicineView>
  take: (dose: Dose, said: Said) => Promise<void>
}

export const placeOf = ({ scheduleId, on, minute }: Dose) => `${scheduleId} ${on} ${minute}`

const ways = {
  line: waitingLine<Take>('peiban.takes'),
  placeOf,
  send: (take: Take) => call(myTake, { body: take }),
  undo: (clientId: string) => call(myTakeUndo, { body: { clientId } }),
}

/** Today's medicines, and notes of them that also work without a line. */
export function useTakes(): Takes {
  const medicine = useOwn(myMedicine)
  const { note, ...waiting } = useWaiting<Take>({ ...ways, data: medicine.data, reload: medicine.reload })
  const take: Takes['take'] = (dose, said) =>
    note({ clientId: requestId(), at: systemClock.now().toISOString() as never, ...dose, ...said })
  return { medicine, ...waiting, take }
}
