import { Checkbox, InputNumber, Select } from 'antd'
import { Field, useT } from '../../../platform/web/index.ts'
import type { AskedField } from '../contract/setting.ts'
import { useBilingual } from './words.tsx'

const WIDE = { width: '100%', maxWidth: 360 }

/** What the clinic's system asks, as its instrument declares it; the models' own questions stay folded. */
export function FeatureFields({ asked }: { asked: readonly AskedField[] }) {
  const t = useT('nodule')
  const of = (group: AskedField['group']) => asked.filter((one) => one.group === group)
  return (
    <>
      {of('category').map((one) => (
        <Feature key={one.name} one={one} />
      ))}
      {of('probability').length > 0 && (
        <details style={{ marginBottom: 16 }}>
          <summary>{t('scan.probability')}</summary>
          {of('probability').map((one) => (
            <Feature key={one.name} one={one} />
          ))}
        </details>
      )}
    </>
  )
}

function Feature({ one }: { one: AskedField }) {
  const t = useT('nodule')
  const words = useBilingual()
  const name = ['scan', 'features', one.name]
  const options = one.of.map((value) => ({ value, label: t(`feature.${value}`) }))
  // A sign of the image that is not ticked was not seen; what a model asks has to be answered with yes or no.
  if (one.kind === 'yes-no' && one.group === 'category')
    return (
      <Field name={name} label={words(one.label)} valuePropName="checked">
        <Checkbox>{t('feature.yes')}</Checkbox>
      </Field>
    )
  if (one.kind === 'yes-no')
    return (
      <Field name={name} label={words(one.label)}>
        <Select
          allowClear
          style={WIDE}
          options={[true, false].map((value) => ({ value, label: t(value ? 'feature.yes' : 'feature.no') })) as never}
        />
      </Field>
    )
  if (one.kind === 'number')
    return (
      <Field name={name} label={words(one.label)}>
        <InputNumber min={one.min ?? undefined} max={one.max ?? undefined} suffix={one.unit} inputMode="decimal" />
      </Field>
    )
  return (
    <Field name={name} label={words(one.label)}>
      <Select allowClear style={WIDE} options={options} {...(one.kind === 'choices' ? { mode: 'multiple' } : {})} />
    </Field>
  )
}
