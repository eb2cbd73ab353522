import { useState } from 'react'
import { call, Card, Choice, useT } from '../../../platform/patient-web/index.ts'
import { bookMine } from '../contract/own.ts'
import { CallUs } from './call-us.tsx'
import type { PartProps } from './interpretation-page.tsx'
import { useWhen } from './use-when.ts'

/** The offered times, each as large as a thumb. One that somebody else has taken meanwhile is said, and the list comes anew. */
export function SlotChoice({ of, title, onChanged }: PartProps & { title: string }) {
  const t = useT('interpretation')
  const { when } = useWhen()
  const [chosen, setChosen] = useState<string>()
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const free = of.offers
  if (free.length === 0)
    return (
      <Card title={title}>
        <p role="status">{t('my.choose.none')}</p>
        <p className="pp-fault" role="alert">
          {fault}
        </p>
        <CallUs />
      </Card>
    )
  const book = async () => {
    setBusy(true)
    setFault('')
    try {
      await call(bookMine, { params: { orderId: of.id }, body: { slotId: chosen as never } })
    } catch (error) {
      setFault((error as { title: string }).title)
    }
    setChosen(undefined)
    setBusy(false)
    onChanged()
  }
  return (
    <section className="pp-card pp-form" data-tone="todo">
      <h2 id="times">{title}</h2>
      <Choice
        name="time"
        labelledBy="times"
        several={false}
        options={free.map((slot) => ({
          key: slot.id,
          text: `${when(slot)} · ${t(`my.way.${slot.way}`)} · ${t('my.choose.doctor', { name: slot.doctorName })}`,
        }))}
        chosen={chosen ? [chosen] : []}
        onChange={([one]) => setChosen(one)}
      />
      <p className="pp-fault" role="alert">
        {fault}
      </p>
      <button type="button" className="pp-button pp-wide" disabled={busy || !chosen} onClick={() => void book()}>
        {t('my.choose.confirm')}
      </button>
      <p className="pp-hint">{t('my.choose.unfit')}</p>
      <CallUs />
    </section>
  )
}
