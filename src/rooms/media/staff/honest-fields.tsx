import { Button, Form, Input } from 'antd'
import { Field, Stack, useT } from '../../../platform/web/index.ts'
import { BothLanguages } from './both-languages.tsx'

const LINES_MAX = 6

/** What is uncomfortable, what may go wrong, what nobody can promise: each line with where it is from. */
export function HonestFields() {
  const t = useT('media')
  return (
    <Form.List name="honest">
      {(fields, list) => (
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>
            <strong>{t('form.honest')}</strong>
          </legend>
          <p className="pb-hint">{t('form.honestHint')}</p>
          <Stack tight>
            {fields.map(({ key, name: n }) => (
              <div key={key}>
                <BothLanguages
                  name={[n, 'text']}
                  label={t('form.honestLine', { n: n + 1 })}
                  most={{ zh: 200, en: 400 }}
                />
                <Field name={[n, 'source']} label={t('form.source')} required>
                  <Input maxLength={300} />
                </Field>
                <Button size="small" onClick={() => list.remove(n)}>
                  {t('form.removeHonest', { n: n + 1 })}
                </Button>
              </div>
            ))}
            {fields.length < LINES_MAX && (
              <div>
                <Button size="small" onClick={() => list.add({ text: { zh: '', en: '' }, source: '' })}>
                  {t('form.addHonest')}
                </Button>
              </div>
            )}
          </Stack>
        </fieldset>
      )}
    </Form.List>
  )
}
