import { Input, Radio } from 'antd'
import { call, DraftForm, Field, useGo, useT } from '../../../../platform/web/index.ts'
import { questionnaireCode, saveDraft, type Sensitivity } from '../../contract/questionnaire.ts'
import { emptyQuestionnaire } from '../designer/draft.ts'

interface Values {
  code: string
  zh: string
  en: string
  sensitivity: Sensitivity
}

/** A name in both languages and a code that stays; the rest is drawn on the desk. */
export function NewQuestionnaire({ onCancel }: { onCancel: () => void }) {
  const t = useT('questionnaire')
  const go = useGo()
  const create = async ({ code, zh, en, sensitivity }: Values) => {
    const definition = emptyQuestionnaire(code, { zh, en })
    await call(saveDraft, { params: { code }, body: { definition: definition as never, sensitivity, revision: 0 } })
    go(`/questionnaires/${code}/design`)
  }
  return (
    <DraftForm<Values>
      name="questionnaire-new"
      initial={{ sensitivity: 'ordinary' }}
      onSubmit={create}
      submit={t('catalogue.begin')}
      onCancel={onCancel}
    >
      <Field name="zh" label={t('catalogue.titleZh')} required>
        <Input maxLength={80} />
      </Field>
      <Field name="en" label={t('catalogue.titleEn')} required>
        <Input maxLength={120} />
      </Field>
      <Field
        name="code"
        label={t('catalogue.code')}
        required
        extra={t('catalogue.codeHint')}
        rules={[{ validator: checkCode(t('catalogue.codeWrong')) }]}
      >
        <Input placeholder="sleep-check" />
      </Field>
      <Field name="sensitivity" label={t('catalogue.sensitivity')} extra={t('design.settings.sensitivityHint')}>
        <Radio.Group
          options={(['ordinary', 'mental'] as const).map((value) => ({ value, label: t(`design.settings.${value}`) }))}
        />
      </Field>
    </DraftForm>
  )
}

export const checkCode = (complaint: string) => async (_rule: unknown, value: unknown) => {
  if (value && !questionnaireCode.safeParse(value).success) throw new Error(complaint)
}
