import { Form, Input, Select } from 'antd'
import { DraftForm, Field, Loading, Stack, useAction, useApi, useT } from '../../../platform/web/index.ts'
import { settleGrade } from '../contract/nodule.ts'
import { listNoduleSettings } from '../contract/setting.ts'
import type { System } from '../contract/words.ts'
import { useDone, type ActProps } from './act-drawer.tsx'
import { GradeLines } from './grade-lines.tsx'
import { newestOf, sizeWords, useBilingual } from './words.tsx'

interface Grading {
  system: System
  category: string
  because?: string
}

/** A physician settles the category of the newest scan; the proposals stand beside the choice, none is taken by itself. */
export function GradeForm({ nodule, onClose }: ActProps) {
  const t = useT('nodule')
  const words = useBilingual()
  const { data } = useApi(listNoduleSettings)
  const [form] = Form.useForm<Grading>()
  const settle = useAction(settleGrade, useDone(t('grade.saved'), onClose))
  const scan = newestOf(nodule)!
  const setting = data?.organs.find(({ organ }) => organ === nodule.organ)
  const chosen = Form.useWatch('system', form)
  if (!setting) return <Loading lines={3} />
  const proposals = scan.grades.filter(
    ({ kind, state, system }) => kind === 'category' && state === 'proposed' && system,
  )
  const known = setting.categories.map(({ system }) => system as string)
  const first = proposals.find(({ system }) => system === setting.current?.system) ?? proposals[0]
  const initial =
    first && known.includes(first.system!)
      ? { system: first.system as System, category: first.category }
      : setting.current
        ? { system: setting.current.system }
        : {}
  const system = chosen ?? initial.system
  const codes = setting.categories.find((one) => one.system === system)?.codes ?? []
  const isMixed = setting.current && system && system !== setting.current.system
  return (
    <Stack>
      <p>
        <span className="pb-number">{scan.on}</span> <strong className="pb-number">{sizeWords(scan)}</strong>{' '}
        <span className="pb-hint">{scan.reportText}</span>
      </p>
      <GradeLines scan={scan} nodule={nodule} />
      <p className="pb-hint">{t('grade.waitingFor')}</p>
      <DraftForm<Grading>
        name={`nodule-grade-${scan.id}`}
        form={form}
        keepDraft={false}
        initial={initial}
        submit={t('grade.save')}
        onCancel={onClose}
        onSubmit={({ because = '', ...grade }) =>
          settle.mutateAsync({
            params: { noduleId: nodule.id },
            body: { ...grade, because, scanId: scan.id, version: nodule.version },
          })
        }
      >
        <Field name="system" label={t('grade.system')} required>
          <Select
            options={setting.categories.map((one) => ({ value: one.system, label: words(one.title) }))}
            onChange={() => form.setFieldValue('category', undefined)}
          />
        </Field>
        {isMixed && (
          <p className="pb-hint">
            {t('grade.mismatch', {
              system: words(setting.categories.find((one) => one.system === system)!.title),
              guideline: words(setting.current!.title),
            })}
          </p>
        )}
        <Field name="category" label={t('grade.category')} required>
          <Select options={codes.map(({ code, label }) => ({ value: code, label: words(label) }))} />
        </Field>
        <Field name="because" label={t('grade.because')} extra={t('grade.becauseHint')}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
        </Field>
      </DraftForm>
    </Stack>
  )
}
