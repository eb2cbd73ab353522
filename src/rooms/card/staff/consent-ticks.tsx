import { Checkbox, Form } from 'antd'
import { Stack, useT } from '../../../platform/web/index.ts'
import { CONSENT_PURPOSES, CONSENT_TEXT_VERSION, type ConsentPurpose } from '../contract/card.ts'

/** What was ticked → answers; what was not ticked is an answer too: asked, and not agreed to. */
export function consentAnswers(ticked: Partial<Record<ConsentPurpose, boolean>> | undefined) {
  return CONSENT_PURPOSES.map((purpose) => ({ purpose, granted: Boolean(ticked?.[purpose]), textVersion: CONSENT_TEXT_VERSION }))
}

/** One tick for each purpose, none set beforehand. */
export function ConsentTicks() {
  const t = useT('card')
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>
        <strong>{t('open.consents')}</strong> <span className="pb-hint">{t('open.consentsHint')}</span>
      </legend>
      <Stack tight>
        {CONSENT_PURPOSES.map((purpose) => (
          <Form.Item key={purpose} name={['consents', purpose]} valuePropName="checked" noStyle>
            <Checkbox>
              {t(`consent.${purpose}`)} <span className="pb-hint">{t(`consent.${purpose}Hint`)}</span>
            </Checkbox>
          </Form.Item>
        ))}
      </Stack>
    </fieldset>
  )
}
