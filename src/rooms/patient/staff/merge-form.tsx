import { Alert, Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { Go, ProblemAlert, Row, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  dismissProposal,
  listProposals,
  mergePatients,
  type MergeField,
  type previewMerge,
  type Side,
} from '../contract/merge.ts'
import { getPatient, listPatients, searchPatients } from '../contract/patient.ts'
import { MergeFields } from './merge-fields.tsx'

type Preview = OutputOf<typeof previewMerge>

/** Chooses the file that stays and, field by field, which side is right. What is the same is not asked. */
export function MergeForm({ preview, onDone }: { preview: Preview; onDone: () => void }) {
  const t = useT('patient')
  const say = useSay()
  const { proposal, fields, papersDiffer } = preview
  const [intoId, setInto] = useState<string>(preview.suggestedInto)
  const [chosen, setChosen] = useState<Partial<Record<MergeField, Side>>>(() =>
    Object.fromEntries(fields.filter(({ same }) => !same).map(({ field, suggested }) => [field, suggested])),
  )
  const [reason, setReason] = useState('')
  const invalidates = [listProposals, listPatients, searchPatients, getPatient]
  const merge = useAction(mergePatients, {
    invalidates,
    onDone: () => {
      say.done(t('merge.merged', { name: proposal.left.name }))
      onDone()
    },
  })
  const dismiss = useAction(dismissProposal, {
    invalidates,
    onDone: () => {
      say.done(t('merge.dismissed'))
      onDone()
    },
  })
  const params = { proposalId: proposal.id }
  return (
    <Stack>
      {papersDiffer && <Alert type="error" showIcon title={t('merge.papersDiffer')} />}
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend>
          <strong>{t('merge.keep')}</strong> <span className="pb-hint">{t('merge.keepHint')}</span>
        </legend>
        <Radio.Group value={intoId} onChange={({ target }) => setInto(target.value as string)}>
          {(['left', 'right'] as const).map((side) => (
            <Row key={side}>
              <Radio value={proposal[side].id}>
                {t(`merge.side.${side}`)} {proposal[side].name} {proposal[side].recordNumber}
              </Radio>
              <Go to={`/patients/${proposal[side].id}`} target="_blank" style={{ fontSize: 14 }}>
                {t('merge.openFile')}
              </Go>
            </Row>
          ))}
        </Radio.Group>
      </fieldset>
      <MergeFields
        fields={fields}
        chosen={chosen}
        onChoose={(field, side) => setChosen((before) => ({ ...before, [field]: side }))}
      />
      <label>
        {t(papersDiffer ? 'merge.reason' : 'merge.reasonOptional')}
        <Input value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />
      </label>
      <ProblemAlert problem={merge.error ?? dismiss.error} />
      <Row>
        <Button
          type="primary"
          danger={papersDiffer}
          disabled={papersDiffer && reason.trim().length < 2}
          loading={merge.isPending}
          onClick={() => merge.mutate({ params, body: { intoId, chosen, reason } })}
        >
          {t('merge.do')}
        </Button>
        <Button loading={dismiss.isPending} onClick={() => dismiss.mutate({ params, body: { reason } })}>
          {t('merge.dismiss')}
        </Button>
      </Row>
    </Stack>
  )
}
