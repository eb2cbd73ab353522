import { Button, Select } from 'antd'
import { useState } from 'react'
import { Card, Facts, Go, InstantText, Row, Stack, Status, useApi, useT } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { searchPatients } from '../../patient/contract/patient.ts'
import { COMPARED, type Candidate, type getUnmatched } from '../contract/persons.ts'

type Detail = OutputOf<typeof getUnmatched>

const TONES = { same: 'good', differs: 'danger', unknown: 'plain' } as const

/** Somebody this person may be, field by field beside what was sent. */
export function CandidateCard({
  candidate: { patient, compared },
  canChoose,
  isFirst,
  busy,
  onChoose,
}: {
  candidate: Candidate
  canChoose: boolean
  isFirst: boolean
  busy: boolean
  onChoose: () => void
}) {
  const t = useT('report-intake')
  // What contradicts is no choice to press without reading.
  const isDoubtful = COMPARED.some((field) => compared[field] === 'differs')
  const shown = {
    name: patient.name,
    sex: t(`sex.${patient.sex}`),
    birthDate: patient.birthDate ?? '—',
    recordNumber: patient.recordNumber ?? '—',
    phone: patient.phoneMasked ?? '—',
  }
  return (
    <Card
      title={<Go to={`/patients/${patient.id}`}>{patient.name}</Go>}
      extra={
        canChoose && (
          <Button type={isFirst && !isDoubtful ? 'primary' : 'default'} loading={busy} onClick={onChoose}>
            {t('person.choose', { name: patient.name })}
          </Button>
        )
      }
    >
      <Facts
        items={COMPARED.map(
          (field) =>
            [
              t(`person.${field}`),
              <span key={field}>
                <span className="pb-number">{shown[field]}</span>{' '}
                <Status tone={TONES[compared[field]]}>{t(`person.compared.${compared[field]}`)}</Status>
              </span>,
            ] as const,
        )}
      />
    </Card>
  )
}

/** Somebody who is not among the candidates, by name, number or phone. */
export function OtherPatient({ onChoose }: { onChoose: (patientId: string) => void }) {
  const t = useT('report-intake')
  const [text, setText] = useState('')
  const found = useApi(searchPatients, { query: { q: text } }, { enabled: text.trim().length > 0 })
  return (
    <Select
      showSearch
      filterOption={false}
      aria-label={t('person.other')}
      placeholder={t('person.other')}
      style={{ width: '100%' }}
      value={null}
      onSearch={setText}
      onSelect={(value: string | null) => value && onChoose(value)}
      notFoundContent={text === '' ? t('person.otherHint') : t('person.otherNone')}
      options={(text === '' ? [] : (found.data?.rows ?? [])).map((one) => ({
        value: one.id as string,
        label: [one.name, one.birthDate, one.phoneMasked, one.recordNumber].filter(Boolean).join(' · '),
      }))}
    />
  )
}

/** What waits for the decision. */
export function Messages({ messages, canOpen }: { messages: Detail['messages']; canOpen: boolean }) {
  const t = useT('report-intake')
  return (
    <Card title={t('person.messages', { count: messages.length })}>
      <Stack tight>
        {messages.map((one) => (
          <Row key={one.id}>
            <InstantText at={one.receivedAt} />
            <span>{one.title}</span>
            <Status>{t(`state.${one.state}`)}</Status>
            {canOpen && one.state === 'needs-person' && (
              <Go to={`/intake?tab=troubles&message=${one.id}`}>{t('person.openMessage')}</Go>
            )}
          </Row>
        ))}
      </Stack>
    </Card>
  )
}
