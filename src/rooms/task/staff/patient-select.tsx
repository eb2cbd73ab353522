import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { useApi, useT } from '../../../platform/web/index.ts'
import { searchPatients } from '../../patient/contract/patient.ts'

const TYPING_MS = 250

/** Chooses a patient by name, pinyin, number or the end of a phone. */
export function PatientSelect({ id, value, onChange, 'aria-label': label }: { id?: string; value?: string | null; onChange?: (patientId: string | null) => void; 'aria-label'?: string }) {
  const t = useT('task')
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  const { data, isFetching } = useApi(searchPatients, { query: { q: asked || '-', limit: 12 } }, { enabled: asked !== '' })
  // What was found stays nameable after another search.
  const [known, setKnown] = useState<{ value: string; label: string }[]>([])
  const options = asked
    ? (data?.rows ?? []).map((row) => ({
        value: row.id as string,
        label: [row.name, row.ageYears === null ? '' : t('age', { count: row.ageYears }), row.phoneMasked].filter(Boolean).join(' · '),
      }))
    : known
  return (
    <Select
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={isFetching}
      placeholder={t('patient.placeholder')}
      notFoundContent={asked && !isFetching ? t('patient.none') : t('patient.type')}
      value={value ?? null}
      options={options}
      onChange={(chosen) => {
        setKnown(options.filter((option) => option.value === chosen))
        onChange?.(chosen ?? null)
      }}
    />
  )
}
