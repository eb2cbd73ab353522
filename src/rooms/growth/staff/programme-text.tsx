import { useT, useShipped } from '../../../platform/web/index.ts'
import { MODULES, type ProgrammeDefinition } from '../contract/growth.ts'
import { useWords } from './words.ts'

/** The programme as it reads: what is agreed to, what each module is about, and what a child begins with. */
export function ProgrammeText({ programme }: { programme: ProgrammeDefinition }) {
  const t = useT('growth')
  const shipped = useShipped()
  const inWords = useWords()
  const { consent, modules, items, measureEveryDays, reviewer } = programme
  return (
    <div>
      <p>
        {t('content.every', { count: measureEveryDays })}
        {reviewer === null && <span className="pb-hint"> · {t('content.unreviewed')}</span>}
      </p>
      <h3>
        {inWords(consent.title)}{' '}
        <span className="pb-hint">{t('content.consentVersion', { version: consent.version })}</span>
      </h3>
      {consent.points.map(({ heading, text }) => (
        <p key={heading.en} style={{ margin: '6px 0' }}>
          <strong>{inWords(heading)}</strong> {inWords(text)}
        </p>
      ))}
      {MODULES.map((module) => (
        <section key={module}>
          <h3>{t(`module.${module}`)}</h3>
          {modules
            .filter((one) => one.module === module)
            .map(({ about, source }) => (
              <p key={module} style={{ margin: '4px 0' }}>
                {inWords(about)} <span className="pb-hint">{shipped(source)}</span>
              </p>
            ))}
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {items
              .filter((item) => item.module === module)
              .map(({ title, afterDays }) => (
                <li key={title.en}>
                  {inWords(title)} <span className="pb-hint">{t('content.after', { count: afterDays })}</span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
