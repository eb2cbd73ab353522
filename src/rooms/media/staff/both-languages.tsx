import { Input } from 'antd'
import { Field, useT } from '../../../platform/web/index.ts'

/** One text in both languages, one below the other. */
export function BothLanguages({
  name,
  label,
  most,
}: {
  name: (string | number)[]
  label: string
  /** Characters. */
  most: { zh: number; en: number }
}) {
  const t = useT('media')
  return (
    <>
      <Field name={[...name, 'zh']} label={t('form.inChinese', { label })} required>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={most.zh} />
      </Field>
      <Field name={[...name, 'en']} label={t('form.inEnglish', { label })} required>
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={most.en} />
      </Field>
    </>
  )
}
