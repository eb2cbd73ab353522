import { Input, Select } from 'antd'
import { DateInput, DraftForm, Field, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import {
  addSuppression,
  enteredReason,
  importSuppressions,
  liftSuppression,
  listSuppressions,
  type SuppressionLine,
} from '../contract/suppression.ts'

type Reason = (typeof enteredReason.options)[number]

function useReasons() {
  const t = useT('message')
  return enteredReason.options.map((value) => ({ value, label: t(`suppressionReason.${value}`) }))
}

export function AddForm({ onClose }: { onClose: () => void }) {
  const t = useT('message')
  const say = useSay()
  const reasons = useReasons()
  const add = useAction(addSuppression, {
    invalidates: [listSuppressions],
    onDone: () => {
      say.done(t('suppressions.added'))
      onClose()
    },
  })
  return (
    <DraftForm<{ address: string; reason: Reason; note?: string; untilOn?: string }>
      name="message-suppression"
      initial={{ reason: 'asked' }}
      submit={t('suppressions.add')}
      keepDraft={false}
      onCancel={onClose}
      onSubmit={(body) =>
        add.mutateAsync({ body: { ...body, channel: 'email', note: body.note ?? '', untilOn: body.untilOn ?? null } })
      }
    >
      <Field name="address" label={t('suppressions.address')} required>
        <Input type="email" />
      </Field>
      <Field name="reason" label={t('suppressions.reason')} required>
        <Select options={reasons} />
      </Field>
      <Field name="untilOn" label={t('suppressions.untilOn')} extra={t('suppressions.untilHint')}>
        <DateInput />
      </Field>
      <Field name="note" label={t('suppressions.note')}>
        <Input maxLength={300} />
      </Field>
    </DraftForm>
  )
}

export function ImportForm({ onClose }: { onClose: () => void }) {
  const t = useT('message')
  const say = useSay()
  const reasons = useReasons()
  const read = useAction(importSuppressions, {
    invalidates: [listSuppressions],
    onDone: ({ added, known, unfit }) => {
      const left = unfit.length > 0 ? ` ${t('suppressions.unfit', { lines: unfit.join('、') })}` : ''
      say.done(t('suppressions.imported', { added, known }) + left)
      onClose()
    },
  })
  return (
    <DraftForm<{ text: string; reason: Reason }>
      name="message-suppression-list"
      initial={{ reason: 'other' }}
      submit={t('suppressions.import')}
      keepDraft={false}
      onCancel={onClose}
      onSubmit={(body) => read.mutateAsync({ body: { ...body, channel: 'email' } })}
    >
      <Field name="text" label={t('suppressions.text')} required extra={t('suppressions.textHint')}>
        <Input.TextArea rows={12} />
      </Field>
      <Field name="reason" label={t('suppressions.reason')} required>
        <Select options={reasons} />
      </Field>
    </DraftForm>
  )
}

export function LiftForm({ line, onClose }: { line: SuppressionLine; onClose: () => void }) {
  const t = useT('message')
  const say = useSay()
  const lift = useAction(liftSuppression, {
    invalidates: [listSuppressions],
    onDone: () => {
      say.done(t('suppressions.lifted'))
      onClose()
    },
  })
  return (
    <Stack>
      <p>
        {line.addressMasked} · {t(`suppressionReason.${line.reason}`)}
      </p>
      <p className="pb-hint">{t('suppressions.liftHint')}</p>
      <DraftForm<{ because: string }>
        name={`message-suppression-lift-${line.id}`}
        submit={t('suppressions.lift')}
        keepDraft={false}
        onCancel={onClose}
        onSubmit={(body) => lift.mutateAsync({ params: { suppressionId: line.id }, body })}
      >
        <Field name="because" label={t('suppressions.because')} required>
          <Input maxLength={300} />
        </Field>
      </DraftForm>
    </Stack>
  )
}
