import { Button, Input } from 'antd'
import { useState } from 'react'
import { InstantText, Row, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { getPatient, patientHistory, setMainWorry } from '../contract/patient.ts'
import type { PatientView } from '../contract/person.ts'

/** 最担心的事: in the patient's own words, with who wrote it down and when; changed where it stands. */
export function MainWorry({ patient }: { patient: PatientView }) {
  const t = useT('patient')
  const say = useSay()
  const [typed, setTyped] = useState<string>()
  const save = useAction(setMainWorry, {
    invalidates: [getPatient, patientHistory],
    onDone: () => {
      setTyped(undefined)
      say.done(t('header.saved'))
    },
  })
  const { text = '', at, by } = patient.mainWorry ?? {}
  if (typed !== undefined) {
    const send = () =>
      save.mutate({ params: { patientId: patient.id }, body: { text: typed } }, { onError: say.problem })
    return (
      <Stack tight>
        <label htmlFor="main-worry">{t('header.worry')}</label>
        <Input.TextArea
          id="main-worry"
          autoFocus
          autoSize={{ minRows: 2, maxRows: 5 }}
          maxLength={500}
          value={typed}
          placeholder={t('header.worryPlaceholder')}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setTyped(undefined)}
        />
        <Row>
          <Button type="primary" loading={save.isPending} onClick={send}>
            {t('header.save')}
          </Button>
          <Button onClick={() => setTyped(undefined)}>{t('header.cancel')}</Button>
        </Row>
      </Stack>
    )
  }
  return (
    <p>
      <span className="pb-hint">{t('header.worry')}</span>{' '}
      {text ? <strong>{text}</strong> : <span className="pb-hint">{t('header.noWorry')}</span>}{' '}
      {at && (
        <span className="pb-hint">
          {by && t('header.worryBy', { by })}
          <InstantText at={at} />
        </span>
      )}{' '}
      {patient.can.worry && (
        <button type="button" className="pb-link" onClick={() => setTyped(text)}>
          {t(text ? 'header.edit' : 'header.write')}
        </button>
      )}
    </p>
  )
}
