import { Button, Form, Input, Select } from 'antd'
import { Field, Row, Stack, useT } from '../../../platform/web/index.ts'
import { exampleOf, GROUND_KINDS, parseGround, type GroundKind } from './ground-line.ts'

/** Grounds, one a line: a kind and what is meant, judged as one leaves the field. */
export function GroundList({ name, label }: { name: 'for' | 'only'; label: string }) {
  const t = useT('advice')
  return (
    <Form.List name={name}>
      {(fields, list) => (
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>
            <strong>{label}</strong>
          </legend>
          {fields.map(({ key, name: n }) => (
            <Row key={key}>
              <GroundFields list={name} n={n} label={label} />
              <Less what={t('text.nth', { label, n: n + 1 })} onRemove={() => list.remove(n)} />
            </Row>
          ))}
          <Button size="small" onClick={() => list.add({ kind: 'tag', line: '' })}>
            {t('cards.addGround')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  )
}

/** Whom it would harm: a ground, and why in both languages. */
export function NotForList() {
  const t = useT('advice')
  const label = t('cards.notFor')
  return (
    <Form.List name="notFor">
      {(fields, list) => (
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>
            <strong>{label}</strong>
          </legend>
          <Stack tight>
            {fields.map(({ key, name: n }) => (
              <div key={key}>
                <Row>
                  <GroundFields list="notFor" n={n} label={label} />
                  <Less what={t('text.nth', { label, n: n + 1 })} onRemove={() => list.remove(n)} />
                </Row>
                <Field name={[n, 'because', 'zh']} label={t('cards.inChinese', { label: t('cards.because') })} required>
                  <Input maxLength={200} />
                </Field>
                <Field name={[n, 'because', 'en']} label={t('cards.inEnglish', { label: t('cards.because') })} required>
                  <Input maxLength={300} />
                </Field>
              </div>
            ))}
            <div>
              <Button
                size="small"
                onClick={() => list.add({ kind: 'pregnancy', line: '', because: { zh: '', en: '' } })}
              >
                {t('cards.addNotFor')}
              </Button>
            </div>
          </Stack>
        </fieldset>
      )}
    </Form.List>
  )
}

function Less({ what, onRemove }: { what: string; onRemove: () => void }) {
  const t = useT('advice')
  return (
    <Button size="small" onClick={onRemove}>
      {t('text.less')}
      <span className="pb-sr">{what}</span>
    </Button>
  )
}

function GroundFields({ list, n, label }: { list: 'for' | 'only' | 'notFor'; n: number; label: string }) {
  const t = useT('advice')
  const form = Form.useFormInstance()
  const kind = (Form.useWatch([list, n, 'kind'], form) as GroundKind | undefined) ?? 'tag'
  const judge = {
    validator: async (_rule: unknown, line: string | undefined) => {
      if (!parseGround(kind, line ?? '')) throw new Error(t('ground.unread', { example: exampleOf(kind) }))
    },
  }
  return (
    <>
      <Field name={[n, 'kind']} label={t('ground.kindOf', { label, n: n + 1 })}>
        <Select
          style={{ width: 130 }}
          options={GROUND_KINDS.map((value) => ({ value, label: t(`reason.kind.${value}`) }))}
        />
      </Field>
      {kind !== 'pregnancy' && (
        <Field name={[n, 'line']} label={t('ground.lineOf', { label, n: n + 1 })} rules={[judge]}>
          <Input style={{ width: 320, maxWidth: '100%' }} placeholder={exampleOf(kind)} maxLength={300} />
        </Field>
      )}
    </>
  )
}
