import { Button, Form, Input, Select } from 'antd'
import { useT } from '../../../platform/web/index.ts'

const OPTIONS_MAX = 5
const NEXT_MAX = 6

/** What can be done, each weighed: nobody decides by one side alone. */
export function OptionFields() {
  const t = useT('interpretation')
  return (
    <section aria-label={t('talk.options')}>
      <h3>{t('talk.options')}</h3>
      <Form.List name={['outcome', 'options']}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="it-piece">
                <Form.Item name={[name, 'title']} label={t('talk.optionTitle')}>
                  <Input maxLength={80} />
                </Form.Item>
                <div className="it-line">
                  <Form.Item name={[name, 'pros']} label={t('talk.optionPros')}>
                    <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={300} />
                  </Form.Item>
                  <Form.Item name={[name, 'cons']} label={t('talk.optionCons')}>
                    <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={300} />
                  </Form.Item>
                </div>
                <Button type="text" size="small" onClick={() => remove(name)} style={{ marginBlockEnd: 8 }}>
                  {t('talk.remove')}
                </Button>
              </div>
            ))}
            {fields.length < OPTIONS_MAX && (
              <Button onClick={() => add({})} style={{ marginBlockEnd: 16 }}>
                {t('talk.addOption')}
              </Button>
            )}
          </>
        )}
      </Form.List>
    </section>
  )
}

/** What happens next: what, until when, and who sees to it. */
export function NextFields() {
  const t = useT('interpretation')
  const who = (['patient', 'doctor', 'manager'] as const).map((value) => ({ value, label: t(`talk.who.${value}`) }))
  return (
    <section aria-label={t('talk.next')}>
      <h3>{t('talk.next')}</h3>
      <Form.List name={['outcome', 'next']}>
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="it-piece">
                <Form.Item name={[name, 'what']} label={t('talk.nextWhat')}>
                  <Input maxLength={200} />
                </Form.Item>
                <div className="it-line">
                  <Form.Item name={[name, 'by']} label={t('talk.nextBy')}>
                    <Input maxLength={60} />
                  </Form.Item>
                  <Form.Item name={[name, 'who']} label={t('talk.nextWho')}>
                    <Select options={who} />
                  </Form.Item>
                </div>
                <Button type="text" size="small" onClick={() => remove(name)} style={{ marginBlockEnd: 8 }}>
                  {t('talk.remove')}
                </Button>
              </div>
            ))}
            {fields.length < NEXT_MAX && (
              <Button onClick={() => add({ who: 'patient' })} style={{ marginBlockEnd: 16 }}>
                {t('talk.addNext')}
              </Button>
            )}
          </>
        )}
      </Form.List>
    </section>
  )
}
