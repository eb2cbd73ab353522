import { Checkbox, Form } from 'antd'
import { useId } from 'react'
import { Stack, useT } from '../../../platform/web/index.ts'
import { CONSENT_PURPOSES, CONSENT_TEXT_VERSION, type ConsentPurpose } from '../contract/card.ts'

/** What was ticked → answers; what was not ticked is an answer too: asked, and not agreed to. */
export function consentAnswers(ticked: Partial<Record<ConsentPurpose, boolean>> | undefined) {
  return CONSENT_PURPOSES.map((purpose) => ({
    purpose,
    granted: Boolean(ticked?.[purpose]),
    textVersion: CONSENT_TEXT_VERSION,
  }))
}

/** One tick for each purpose, none set beforehand. */
export function ConsentTicks() {
  const t = useT('card')
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} style={{ margin: '8px 0 24px' }}>
      <Stack tight>
        <div>
          <strong id={id}>{t('open.consents')}</strong>
          <p className="pb-hint">{t('open.consentsHint')}</p>
        </div>
        {CONSENT_PURPOSES.map((purpose) => (
          <Form.Item key={purpose} name={['consents', purpose]} valuePropName="checked" noStyle>
            <Checkbox>
              {t(`consent.${purpose}`)} <span className="pb-hint">{t(`consent.${purpose}Hint`)}</span>
            </Checkbox>
          </Form.Item>
        ))}
      </Stack>
    </div>
  )
}
