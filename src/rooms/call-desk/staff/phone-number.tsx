import { PhoneOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { KeyHint, ProblemAlert, useAction, useShortcut, useT } from '../../../platform/web/index.ts'
import { unmask } from '../../patient/contract/patient.ts'
import type { CallSession } from '../contract/session.ts'

/** Long enough to dial by hand. */
const SHOWN_MS = 120_000

/** The number: masked until somebody asks for it, which the log keeps; then a link that a softphone takes up. */
export function PhoneNumber({ session }: { session: CallSession }) {
  const t = useT('call-desk')
  const { patient, can } = session
  const [number, setNumber] = useState<string>()
  const show = useAction(unmask, { onDone: ({ value }) => setNumber(value) })
  useEffect(() => {
    if (!number) return
    const timer = setTimeout(() => setNumber(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [number])
  const ask = () => show.mutate({ params: { patientId: patient.id }, body: { field: patient.phoneField } })
  const mayAsk = can.unmask && patient.phoneMasked !== null && number === undefined
  useShortcut('d', () => mayAsk && ask())
  if (patient.phoneMasked === null) return <p className="pb-danger">{t('phone.none')}</p>
  return (
    <div className="cd-phone">
      {number ? (
        <a className="cd-dial pb-number" href={`tel:${number}`}>
          <PhoneOutlined aria-hidden="true" /> {number}
        </a>
      ) : (
        <span className="pb-number">{patient.phoneMasked}</span>
      )}
      {mayAsk && (
        <Button size="small" loading={show.isPending} onClick={ask}>
          {t('phone.show')} <KeyHint keys={['d']} />
        </Button>
      )}
      <span className="pb-hint">{t(number ? 'phone.dial' : 'phone.noted')}</span>
      <ProblemAlert problem={show.error} />
    </div>
  )
}
