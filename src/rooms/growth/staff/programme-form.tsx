import { Button, Form, Input, InputNumber, Select } from 'antd'
import { Card, Columns, DraftForm, Field, Row, Stack, useT } from '../../../platform/web/index.ts'
import { MODULES, type ProgrammeDefinition } from '../contract/growth.ts'
import { useKeepDraft } from './use-keep-draft.ts'

type Values = Omit<ProgrammeDefinition, 'kind'>
const LOCALES = ['zh', 'en'] as const

/** The words of the programme in both languages; changed words of the consent become a version of their own. */
export function ProgrammeForm({
  programme,
  revision,
  onClose,
}: {
  programme: ProgrammeDefinition
  revision: number
  onClose: () => void
}) {
  const t = useT('growth')
  const [form] = Form.useForm<Values>()
  const keepDraft = useKeepDraft(onClose)
  const send = (values: Values) => {
    const { version } = programme.consent
    const consent = { ...values.consent, version }
    const modules = programme.modules.map((one, n) => ({ ...one, ...values.modules[n] }))
    const { source } = programme
    const definition = {
      ...values,
      kind: 'programme' as const,
      consent,
      modules,
      source,
      reviewer: values.reviewer || null,
    }
    return keepDraft({ params: { contentCode: 'programme' }, body: { revision, definition } })
  }
  return (
    <DraftForm<Values>
      name={`growth-programme-${revision}`}
      form={form}
      initial={programme}
      submit={t('content.save')}
      onSubmit={send}
      onCancel={onClose}
    >
      <Row>
        <Field name="measureEveryDays" label={t('content.everyLabel')} required style={{ flex: '1 1 160px' }}>
          <InputNumber style={{ width: '100%' }} min={28} max={366} suffix={t('content.days')} />
        </Field>
        <Field name="reviewer" label={t('content.reviewer')} style={{ flex: '1 1 160px' }}>
          <Input maxLength={60} />
        </Field>
      </Row>
      <Card title={t('content.consent')}>
        <Both path={['consent', 'title']} label={t('content.title')} max={60} />
        <Points />
      </Card>
      {programme.modules.map(({ module }, n) => (
        <Card key={module} title={t(`module.${module}`)}>
          <Both path={['modules', n, 'about']} label={t('content.about')} max={300} area />
          <Field name={['modules', n, 'source']} label={t('content.source')}>
            <Input maxLength={600} />
          </Field>
        </Card>
      ))}
      <Items />
    </DraftForm>
  )
}

/** One text in both languages, side by side where there is room. */
function Both({
  path,
  label,
  max,
  area = false,
}: {
  path: (string | number)[]
  label: string
  max: number
  area?: boolean
}) {
  const t = useT('growth')
  return (
    <Columns minPx={260}>
      {LOCALES.map((locale) => {
        const maxLength = locale === 'en' ? max * 3 : max
        return (
          <Field key={locale} name={[...path, locale]} label={`${label} · ${t(`content.${locale}`)}`} required>
            {area ? (
              <Input.TextArea autoSize={{ minRows: 2 }} maxLength={maxLength} />
            ) : (
              <Input maxLength={maxLength} />
            )}
          </Field>
        )
      })}
    </Columns>
  )
}

function Points() {
  const t = useT('growth')
  return (
    <Form.List name={['consent', 'points']}>
      {(points, { add, remove }) => (
        <Stack tight>
          {points.map(({ key, name }) => (
            <section key={key}>
              <Both path={[name, 'heading']} label={t('content.heading')} max={30} />
              <Both path={[name, 'text']} label={t('content.text')} max={400} area />
              {points.length > 5 && (
                <Button type="text" danger onClick={() => remove(name)}>
                  {t('content.remove')}
                </Button>
              )}
            </section>
          ))}
          {points.length < 12 && <Button onClick={() => add()}>{t('content.addPoint')}</Button>}
        </Stack>
      )}
    </Form.List>
  )
}

function Items() {
  const t = useT('growth')
  const modules = MODULES.map((value) => ({ value, label: t(`module.${value}`) }))
  return (
    <Card title={t('content.items')}>
      <Form.List name="items">
        {(items, { add, remove }) => (
          <Stack tight>
            {items.map(({ key, name }) => (
              <section key={key}>
                <Row>
                  <Field name={[name, 'module']} label={t('content.module')} required style={{ flex: '1 1 120px' }}>
                    <Select options={modules} />
                  </Field>
                  <Field
                    name={[name, 'afterDays']}
                    label={t('content.afterLabel')}
                    required
                    style={{ flex: '1 1 120px' }}
                  >
                    <InputNumber style={{ width: '100%' }} min={0} max={366} suffix={t('content.days')} />
                  </Field>
                  {items.length > 1 && (
                    <Button type="text" danger onClick={() => remove(name)}>
                      {t('content.remove')}
                    </Button>
                  )}
                </Row>
                <Both path={[name, 'title']} label={t('item.title')} max={120} />
              </section>
            ))}
            {items.length < 40 && <Button onClick={() => add()}>{t('content.addItem')}</Button>}
          </Stack>
        )}
      </Form.List>
    </Card>
  )
}
