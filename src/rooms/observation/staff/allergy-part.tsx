import { Status, TagChip, useApi, useT } from '../../../platform/web/index.ts'
import { getOverview } from '../contract/overview.ts'

/** Allergies in the patient's header, in red and in words; "none known" only when somebody has asked. */
export function AllergyPart({ patientId }: { patientId: string }) {
  const t = useT('observation')
  const { data } = useApi(getOverview, { params: { patientId } })
  if (!data) return null
  if (data.allergies.length === 0)
    return data.noKnownAllergy ? (
      <Status tone="good">{t('allergy.none')}</Status>
    ) : (
      <Status tone="due">{t('allergy.unasked')}</Status>
    )
  return (
    <>
      {data.allergies.map(({ id, substance, reaction, severity }) => (
        <TagChip
          key={id}
          tone="danger"
          label={t('allergy.to', { substance })}
          because={[t(`severity.${severity}`), reaction].filter(Boolean).join(' · ')}
        />
      ))}
    </>
  )
}
