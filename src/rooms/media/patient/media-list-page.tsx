import { Loaded, Nothing, OwnPage, Rows, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myMediaIndex } from '../contract/my.ts'
import { KINDS } from '../contract/words.ts'
import { useDay } from './use-day.ts'
import './media.css'

/** 看图了解: what was chosen for the person, then all there is, by kind. */
export function MediaListPage() {
  const t = useT('media')
  const isEnglish = useLocale() === 'en'
  const day = useDay()
  const own = useOwn(myMediaIndex)
  const say = ({ zh, en }: { zh: string; en: string }) => (isEnglish ? en : zh)
  return (
    <OwnPage title={t('my.title')}>
      <Loaded of={own}>
        {({ rows, sent }) => {
          const byCode = new Map(rows.map((row) => [row.code, row]))
          if (rows.length === 0) return <Nothing>{t('my.none')}</Nothing>
          return (
            <>
              {sent.length > 0 && (
                <section>
                  <h2 className="pp-section">{t('my.sent')}</h2>
                  <Rows
                    label={t('my.sent')}
                    rows={sent.map(({ code, sentOn, sentBy }) => ({
                      key: code,
                      to: `/my/media/${code}`,
                      title: say(byCode.get(code)!.title),
                      hint: t('my.sentBy', { by: sentBy, on: day(sentOn) }),
                    }))}
                  />
                </section>
              )}
              {KINDS.filter((kind) => rows.some((row) => row.kind === kind)).map((kind) => (
                <section key={kind}>
                  <h2 className="pp-section">{t(`my.kind.${kind}`)}</h2>
                  <Rows
                    label={t(`my.kind.${kind}`)}
                    rows={rows
                      .filter((row) => row.kind === kind)
                      .map(({ code, title, summary }) => ({
                        key: code,
                        to: `/my/media/${code}`,
                        title: say(title),
                        hint: say(summary),
                      }))}
                  />
                </section>
              ))}
            </>
          )
        }}
      </Loaded>
    </OwnPage>
  )
}
