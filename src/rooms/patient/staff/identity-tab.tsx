import { Button } from 'antd'
import { useState } from 'react'
import {
  call,
  Card,
  Columns,
  DateText,
  Empty,
  Facts,
  InstantText,
  Masked,
  Stack,
  useApi,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import { CardPanel } from '../../card/staff/card-panel.tsx'
import { readGoodHours, timeOf } from '../contract/good-hours.ts'
import { getPatient, patientHistory, unmask } from '../contract/patient.ts'
import type { PatientView } from '../contract/person.ts'
import { DeathActs } from './death-acts.tsx'
import { EditPatientDrawer } from './edit-patient-drawer.tsx'
import { PreferencesDrawer } from './preferences-drawer.tsx'

/** 资料: who somebody is, how to reach them, their card and consents, and what was changed. */
export function IdentityTab({ patientId }: { patientId: string }) {
  const { data: patient } = useApi(getPatient, { params: { patientId } })
  if (!patient) return null
  return (
    <Columns minPx={420}>
      <Stack>
        <WhoCard patient={patient} />
        <PreferencesCard patient={patient} />
      </Stack>
      <Stack>
        <CardPanel patientId={patientId} isOpen={patient.state === 'active'} />
        <HistoryCard patientId={patientId} />
      </Stack>
    </Columns>
  )
}

function WhoCard({ patient }: { patient: PatientView }) {
  const t = useT('patient')
  const [editing, setEditing] = useState(false)
  const { name, can, guardian } = patient
  const hidden = (
    field: 'paper' | 'phone' | 'email' | 'guardian-phone' | 'guardian-email',
    value: string | null | undefined,
    label: string,
  ) => (
    <Masked
      value={value}
      label={label}
      {...(can.unmask
        ? {
            reveal: () =>
              call(unmask, { params: { patientId: patient.id }, body: { field } }).then((answer) => answer.value),
          }
        : {})}
    />
  )
  return (
    <Card
      title={t('identity.who')}
      extra={can.write && <Button onClick={() => setEditing(true)}>{t('identity.edit')}</Button>}
    >
      <Stack>
        <Facts
          items={[
            [t('field.name'), name],
            [t('field.sex'), t(`words.sex.${patient.sex}`)],
            [t('field.birthDate'), patient.birthDate && <DateText key="birth" date={patient.birthDate} />],
            [
              patient.paper ? t(`words.paper.${patient.paper.kind}`) : t('field.paper'),
              patient.paper && hidden('paper', patient.paper.masked, t('identity.paperOf', { name })),
            ],
            [
              t('field.phone'),
              patient.phoneMasked && hidden('phone', patient.phoneMasked, t('identity.phoneOf', { name })),
            ],
            [
              t('field.email'),
              patient.emailMasked && hidden('email', patient.emailMasked, t('identity.emailOf', { name })),
            ],
            [t('field.recordNumber'), patient.recordNumber],
            [t('field.guardian'), guardian && `${guardian.name}（${t(`words.relation.${guardian.relation}`)}）`],
            [
              t('field.guardianPhone'),
              guardian && hidden('guardian-phone', guardian.phoneMasked, t('identity.guardianPhoneOf', { name })),
            ],
            [
              t('field.guardianEmail'),
              guardian?.emailMasked &&
                hidden('guardian-email', guardian.emailMasked, t('identity.guardianEmailOf', { name })),
            ],
            [t('field.level'), t(`words.level.${patient.level}`)],
            [t('field.source'), t(`words.source.${patient.source}`)],
            [t('field.createdAt'), <InstantText key="at" at={patient.createdAt} />],
          ]}
        />
        {can.write && <DeathActs patient={patient} />}
      </Stack>
      <EditPatientDrawer patient={patient} open={editing} onClose={() => setEditing(false)} />
    </Card>
  )
}

function PreferencesCard({ patient }: { patient: PatientView }) {
  const t = useT('patient')
  const [editing, setEditing] = useState(false)
  const { dialect, leaveAlone, goodHours, goodHoursNoted: noted, religion } = patient.preferences
  const isEmpty = !patient.called && !dialect && !leaveAlone && !goodHours && !noted && !religion
  return (
    <Card
      title={t('identity.preferences')}
      extra={patient.can.write && <Button onClick={() => setEditing(true)}>{t('identity.editPreferences')}</Button>}
    >
      {isEmpty ? (
        <p className="pb-hint">{t('identity.noPreferences')}</p>
      ) : (
        <Facts
          items={[
            [t('field.called'), patient.called],
            [t('field.dialect'), dialect],
            [t('field.goodHours'), (goodHours || noted) && <GoodHours key="hours" words={goodHours} noted={noted} />],
            [t('field.leaveAlone'), leaveAlone],
            [t('field.religion'), religion],
          ]}
        />
      )}
      <PreferencesDrawer patient={patient} open={editing} onClose={() => setEditing(false)} />
    </Card>
  )
}

function HistoryCard({ patientId }: { patientId: string }) {
  const t = useT('patient')
  const { data } = useApi(patientHistory, { params: { patientId } })
  return (
    <Card title={t('identity.history')}>
      {data?.rows.length === 0 && <Empty title={t('identity.historyEmpty')} />}
      <Stack tight>
        {data?.rows.map((row) => (
          <p key={row.id}>
            {t(`identity.change.${row.kind}`)} {fieldNames(t, row.fields)} {row.text && <em>“{row.text}”</em>}{' '}
            <span className="pb-hint">
              {row.by} <InstantText at={row.at} />
            </span>
          </p>
        ))}
      </Stack>
    </Card>
  )
}

function fieldNames(t: T, fields: readonly string[]): string {
  return fields.map((field) => t(`field.${field}`)).join('、')
}

/** Their own words, what the sender and the call desk make of them, and what was noted before they chose themselves. */
function GoodHours({ words, noted }: { words: string; noted: string }) {
  const t = useT('patient')
  const span = readGoodHours(words)
  const readAs = span
    ? t('identity.goodHoursRead', { from: timeOf(span.from), to: timeOf(span.to) })
    : t('identity.goodHoursUnread')
  return (
    <>
      {words || t('identity.goodHoursAny')}
      {words && <div className="pb-hint">{readAs}</div>}
      {noted && <div className="pb-hint">{t('identity.goodHoursNoted', { words: noted })}</div>}
    </>
  )
}
