import { Checkbox, Segmented } from 'antd'
import { useState } from 'react'
import { Row, Stack, useLocale, useT } from '../../../platform/web/index.ts'
import { PhoneFrame } from '../../questionnaire/staff/designer/phone-frame.tsx'
import type { MediaDefinition, Picture } from '../contract/words.ts'
import { MediaSteps } from '../patient/media-steps.tsx'
import mediaStyle from '../patient/media.css?inline'
import { addressOfPicture } from './picture.tsx'
import './media.css'

/** A card as patients see it, as wide as their phone, in either language and in large print. */
export function PhonePreview({ definition, pictures }: { definition: MediaDefinition; pictures: readonly Picture[] }) {
  const t = useT('media')
  const locale = useLocale()
  const [language, setLanguage] = useState<'zh' | 'en'>(locale === 'en' ? 'en' : 'zh')
  const [large, setLarge] = useState(false)
  const byKey = new Map(pictures.map((one) => [one.key, one]))
  const steps = definition.steps.flatMap(({ picture, alt, caption }) => {
    const found = byKey.get(picture)
    return found ? [{ picture: found, alt, caption }] : []
  })
  return (
    <Stack tight>
      <Row>
        <Segmented
          aria-label={t('card.language')}
          value={language}
          onChange={(value) => setLanguage(value)}
          options={[
            { value: 'zh' as const, label: t('card.in.zh') },
            { value: 'en' as const, label: t('card.in.en') },
          ]}
        />
        <Checkbox checked={large} onChange={({ target }) => setLarge(target.checked)}>
          {t('card.large')}
        </Checkbox>
      </Row>
      <div className="media-phone">
        <PhoneFrame title={t('card.preview')} large={large}>
          <style>{mediaStyle}</style>
          <main className="pp-main" lang={language === 'en' ? 'en' : 'zh-CN'}>
            <h1>{definition.title[language]}</h1>
            <p className="pp-media-summary">{definition.summary[language]}</p>
            <MediaSteps steps={steps} language={language} addressOf={addressOfPicture} />
            <section className="pp-media-honest">
              <h3>{t('my.honest')}</h3>
              <ul>
                {definition.honest.map(({ text }) => (
                  <li key={text.zh}>{text[language]}</li>
                ))}
              </ul>
            </section>
          </main>
        </PhoneFrame>
      </div>
    </Stack>
  )
}
