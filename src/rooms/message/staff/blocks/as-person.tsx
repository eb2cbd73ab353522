import './blocks.css'
import { Button, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../../platform/contract/index.ts'
import { call, ProblemAlert, Status, useApi, useT } from '../../../../platform/web/index.ts'
import { searchPatients } from '../../../patient/contract/patient.ts'
import { previewAsPerson } from '../../contract/block-mail.ts'
import type { TemplateDefinition } from '../../contract/template.ts'
import { SeenBlocks } from './seen-blocks.tsx'
import { MailSheet } from '../mail-sheet.tsx'

interface Look {
  width: 'phone' | 'desktop'
  dark: boolean
  heightPx: number
}

/** As one of the people one looks after would get it, and whether it would go; the look is on record. */
export function AsPerson({ definition, look }: { definition: TemplateDefinition; look: Look }) {
  const t = useT('message')
  const [typed, type] = useState('')
  const [person, choose] = useState<{ id: string; name: string }>()
  const [shown, show] = useState<OutputOf<typeof previewAsPerson>>()
  const [problem, setProblem] = useState<Error>()
  const { data } = useApi(searchPatients, { query: { q: typed || '-', limit: 8 } }, { enabled: typed.trim() !== '' })
  const ask = async () => {
    if (!person) return
    setProblem(undefined)
    try {
      show(await call(previewAsPerson, { params: { patientId: person.id as never }, body: { definition } }))
    } catch (error) {
      show(undefined)
      setProblem(error as Error)
    }
  }
  return (
    <section aria-label={t('preview.person')} className="pb-as-person">
      <label className="pb-block-field">
        <span className="pb-block-label">{t('preview.person')}</span>
        <Select
          aria-label={t('preview.person')}
          showSearch={{ filterOption: false, onSearch: type }}
          placeholder={t('preview.personFind')}
          notFoundContent={typed ? t('preview.personNone') : null}
          value={person?.id ?? null}
          onChange={(id: string | null) => {
            choose(id ? { id, name: data?.rows.find((row) => row.id === id)?.name ?? '' } : undefined)
            show(undefined)
          }}
          allowClear
          options={(data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </label>
      <Button disabled={!person} onClick={() => void ask()}>
        {t('preview.personShow')}
      </Button>
      <small className="pb-hint">{t('preview.personHint')}</small>
      <ProblemAlert problem={problem} />
      {shown && (
        <>
          <Status tone={shown.verdict === 'send' ? 'good' : 'due'}>
            {shown.reason ? t('preview.wouldNot', { reason: t(`reason.${shown.reason}`) }) : t('preview.would')}
          </Status>
          <SeenBlocks blocks={shown.blocks} />
          <MailSheet content={shown} {...look} />
        </>
      )}
    </section>
  )
}
