import { Button, Form, Input, InputNumber } from 'antd'
import { DraftForm, Field, Row, useT } from '../../../platform/web/index.ts'
import { type SignsDefinition } from '../contract/growth.ts'
import { useKeepDraft } from './use-keep-draft.ts'

interface Band {
  fromYears: number
  female: number
  male: number
  cmPerYear: number
}
type Values = Omit<SignsDefinition, 'kind' | 'slow'> & {
  slow: Omit<SignsDefinition['slow'], 'bands'> & { bands: Band[] }
}

const wide = { style: { width: '100%' }, inputMode: 'decimal' } as const
const third = { flex: '1 1 130px' }

/** The limits, number by number, each group with its source; nothing counts before somebody else has published it. */
export function SignsForm({
  signs,
  revision,
  onClose,
}: {
  signs: SignsDefinition
  revision: number
  onClose: () => void
}) {
  const t = useT('growth')
  const [form] = Form.useForm<Values>()
  const keepDraft = useKeepDraft(onClose)
  const send = (values: Values) =>
    keepDraft({
      params: { contentCode: 'signs' },
      body: {
        revision,
        definition: { ...values, kind: 'signs', reviewer: values.reviewer || null, slow: slowOf(values) },
      },
    })
  return (
    <DraftForm<Values>
      name={`growth-signs-${revision}`}
      form={form}
      initial={{ ...signs, slow: { ...signs.slow, bands: signs.slow.bands.map(bandOf) } }}
      submit={t('content.save')}
      onSubmit={send}
      onCancel={onClose}
    >
      <Row>
        <Field name={['crossing', 'lines']} label={t('limit.lines')} required style={third}>
          <InputNumber {...wide} min={1} max={5} />
        </Field>
        <Field name={['crossing', 'minDays']} label={t('limit.minDays')} required style={third}>
          <InputNumber {...wide} min={60} max={366} />
        </Field>
        <Field name={['crossing', 'maxDays']} label={t('limit.maxDays')} required style={third}>
          <InputNumber {...wide} min={180} max={2000} />
        </Field>
      </Row>
      <SourceField name={['crossing', 'source']} />
      <Bands />
      <Field name={['slow', 'minDays']} label={t('limit.slowDays')} required>
        <InputNumber {...wide} min={85} max={366} />
      </Field>
      <SourceField name={['slow', 'source']} />
      <Row>
        <Field name="lowestPercentile" label={t('limit.lowest')} required style={third}>
          <InputNumber {...wide} min={0.1} max={25} prefix="P" />
        </Field>
        <Field name={['offTarget', 'belowSd']} label={t('limit.belowSd')} required style={third}>
          <InputNumber {...wide} min={0.5} max={4} step={0.1} />
        </Field>
        <Field name={['offTarget', 'fromYears']} label={t('limit.fromYears')} required style={third}>
          <InputNumber {...wide} min={0} max={18} />
        </Field>
      </Row>
      <SourceField name={['offTarget', 'source']} />
      <Field name="reviewer" label={t('content.reviewer')}>
        <Input maxLength={60} />
      </Field>
    </DraftForm>
  )
}

function Bands() {
  const t = useT('growth')
  return (
    <Form.List name={['slow', 'bands']}>
      {(bands, { add, remove }) => (
        <fieldset>
          <legend>{t('limit.bands')}</legend>
          {bands.map(({ key, name }) => (
            <Row key={key}>
              {(['fromYears', 'female', 'male', 'cmPerYear'] as const).map((part) => (
                <Field key={part} name={[name, part]} label={t(`limit.${part}`)} required style={{ flex: '1 1 100px' }}>
                  <InputNumber {...wide} min={0} max={25} />
                </Field>
              ))}
              {bands.length > 1 && (
                <Button type="text" danger onClick={() => remove(name)}>
                  {t('content.remove')}
                </Button>
              )}
            </Row>
          ))}
          {bands.length < 8 && <Button onClick={() => add()}>{t('limit.addBand')}</Button>}
        </fieldset>
      )}
    </Form.List>
  )
}

function SourceField({ name }: { name: string[] }) {
  const t = useT('growth')
  return (
    <Field name={name} label={t('content.source')} required>
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={600} />
    </Field>
  )
}

const bandOf = ({ fromYears, toYears, cmPerYear }: SignsDefinition['slow']['bands'][number]): Band => ({
  fromYears,
  cmPerYear,
  ...(typeof toYears === 'number' ? { female: toYears, male: toYears } : toYears),
})

function slowOf({ slow }: Values): SignsDefinition['slow'] {
  return {
    ...slow,
    bands: slow.bands.map(({ fromYears, female, male, cmPerYear }) => ({
      fromYears,
      cmPerYear,
      toYears: female === male ? female : { female, male },
    })),
  }
}
