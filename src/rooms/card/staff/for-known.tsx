import { DraftForm, Facts, Loading, SexAge, Stack, useApi, useT } from '../../../platform/web/index.ts'
import { getPatient } from '../../patient/contract/patient.ts'
import type { ConsentPurpose } from '../contract/card.ts'
import { ConsentTicks, consentAnswers } from './consent-ticks.tsx'

type Answers = ReturnType<typeof consentAnswers>

/** A card for somebody whose file exists: only the consents are asked. */
export function ForKnown({
  patientId,
  onSubmit,
  onCancel,
}: {
  patientId: string
  onSubmit: (consents: Answers) => Promise<unknown>
  onCancel: () => void
}) {
  const t = useT('card')
  const tPatient = useT('patient')
  const { data } = useApi(getPatient, { params: { patientId } }, { keep: false })
  if (!data) return <Loading />
  return (
    <Stack>
      <h3>{t('open.forKnown', { name: data.name })}</h3>
      <Facts
        items={[
          [tPatient('field.sexAge'), <SexAge key="s" sex={data.sex} birthDate={data.birthDate} />],
          [tPatient('field.phone'), data.guardian?.phoneMasked ?? data.phoneMasked],
          [tPatient('field.paper'), data.paper?.masked],
          [tPatient('field.recordNumber'), data.recordNumber],
        ]}
      />
      <DraftForm<{ consents?: Partial<Record<ConsentPurpose, boolean>> }>
        name={`card-for-${patientId}`}
        keepDraft={false}
        submit={t('open.openNow')}
        onCancel={onCancel}
        onSubmit={({ consents }) => onSubmit(consentAnswers(consents))}
      >
        <ConsentTicks />
      </DraftForm>
    </Stack>
  )
}
