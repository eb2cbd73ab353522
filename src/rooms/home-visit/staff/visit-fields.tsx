import { Button, Checkbox, Form, Input, Radio } from 'antd'
import { systemClock } from '../../../platform/clock.ts'
import { Card, DateText, Field, Stack, useT, useTimeZone } from '../../../platform/web/index.ts'
import { FINDINGS, LOOKED_AT, OUTCOMES, PRESENT, type VisitContent } from '../contract/words.ts'
import { PositionField } from './position-field.tsx'
import { wallClock, type ContentValues } from './values.ts'

export interface VisitFieldsProps {
  /** The address of last time; undefined while correcting. */
  known?: { address: string; on: string } | null
}

const at = (name: keyof ContentValues) => ['content', name]

/** What is written down of a visit, in the order in which it happens: the way, the place, the people, what was seen. */
export function VisitFields({ known = null }: VisitFieldsProps) {
  const t = useT('home-visit')
  const content = Form.useWatch('content') as ContentValues | undefined
  const seen = content?.outcome === 'seen'
  return (
    <Stack>
      <Card title={t('part.way')}>
        <Field name={at('outcome')} label={t('field.outcome')} required>
          <Radio.Group options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))} />
        </Field>
        <div className="pb-home-visit-times">
          <Field name={at('arrivedAt')} label={t('field.arrivedAt')} required>
            <TimeInput />
          </Field>
          <Field name={at('leftAt')} label={t(seen ? 'field.leftAt' : 'field.leftDoor')} required>
            <TimeInput />
          </Field>
        </div>
      </Card>
      <Card title={t('part.place')}>
        {known && (
          <Field name={at('place')} label={t('field.place')} required>
            <Radio.Group className="pb-home-visit-choices">
              <Radio value="known">
                {t('place.known', { address: known.address })}{' '}
                <span className="pb-hint">
                  <DateText date={known.on} />
                </span>
              </Radio>
              <Radio value="other">{t('place.other')}</Radio>
            </Radio.Group>
          </Field>
        )}
        {content?.place !== 'known' && (
          <Field
            name={at('address')}
            label={t('field.address')}
            required
            {...(known ? {} : { extra: t('place.firstTime') })}
          >
            <Input maxLength={200} autoComplete="off" placeholder={t('place.example')} />
          </Field>
        )}
        <Form.Item name={at('position')} label={t('position.title')}>
          <PositionField />
        </Form.Item>
      </Card>
      {seen && <Seen />}
      {!seen && (
        <Card title={t('part.seen')}>
          <Field name={at('seen')} label={t('field.doorNote')}>
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} placeholder={t('field.doorExample')} />
          </Field>
        </Card>
      )}
    </Stack>
  )
}

function Seen() {
  const t = useT('home-visit')
  return (
    <>
      <Card title={t('part.people')}>
        <Field name={at('present')} label={t('field.present')} required>
          <PresentInput />
        </Field>
        <Field name={at('presentNote')} label={t('field.presentNote')}>
          <Input maxLength={200} placeholder={t('field.presentExample')} />
        </Field>
      </Card>
      <Card title={t('part.seen')}>
        <div className="pb-home-visit-looked">
          {LOOKED_AT.map((area) => (
            <Form.Item
              key={area}
              name={['content', 'findings', area]}
              label={t(`area.${area}`)}
              tooltip={t(`areaHint.${area}`)}
            >
              <Radio.Group
                optionType="button"
                options={FINDINGS.map((value) => ({ value, label: t(`finding.${value}`) }))}
              />
            </Form.Item>
          ))}
        </div>
        <Field name={at('seen')} label={t('field.seenAndSaid')} required>
          <Input.TextArea autoSize={{ minRows: 4 }} maxLength={4000} placeholder={t('field.seenExample')} />
        </Field>
        <Field name={at('next')} label={t('field.next')}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} placeholder={t('field.nextExample')} />
        </Field>
      </Card>
    </>
  )
}

interface PresentInputProps {
  value?: VisitContent['present']
  onChange?: (value: VisitContent['present']) => void
}

/** Takes no more of what a form hands to its fields: a group of boxes cannot be required, for readers of the screen. */
function PresentInput({ value, onChange }: PresentInputProps) {
  const t = useT('home-visit')
  return (
    <Checkbox.Group
      aria-label={t('field.present')}
      value={value ?? []}
      onChange={(chosen) => onChange?.(chosen)}
      options={PRESENT.map((one) => ({ value: one, label: t(`present.${one}`) }))}
    />
  )
}

/** The phone's own way of choosing a time, and one touch for now. */
function TimeInput({ value, onChange, id }: { value?: string; onChange?: (value: string) => void; id?: string }) {
  const t = useT('home-visit')
  const timeZone = useTimeZone()
  return (
    <div className="pb-row pb-home-visit-time">
      <Input
        type="datetime-local"
        {...(id ? { id } : {})}
        value={value ?? ''}
        onChange={({ target }) => onChange?.(target.value)}
      />
      <Button onClick={() => onChange?.(wallClock(systemClock.now(), timeZone))}>{t('act.now')}</Button>
    </div>
  )
}
