import { Explained, Loaded, Nothing, OwnPage, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { myAdvice } from '../contract/my.ts'

/** 给我的建议: what stands, newest first, in the words it was given in. */
export function AdvicePage() {
  const t = useT('advice')
  const own = useOwn(myAdvice)
  return (
    <OwnPage title={t('my.title')}>
      <Loaded of={own}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Nothing>{t('my.none')}</Nothing>
          ) : (
            <>
              {rows.map(({ id, kind, text, givenOn, givenBy, source }) => (
                <section key={id} className="pp-card" aria-labelledby={`advice-${id}`}>
                  <h2 id={`advice-${id}`}>{text.title}</h2>
                  {text.summary && (
                    <p>
                      <Explained text={text.summary} />
                    </p>
                  )}
                  <ul style={{ margin: '0.5rem 0', paddingInlineStart: '1.2rem', listStyle: 'disc' }}>
                    {text.points.map((point) => (
                      <li key={point}>
                        <Explained text={point} />
                      </li>
                    ))}
                  </ul>
                  {text.avoid.length > 0 && (
                    <>
                      <h3 style={{ margin: '0.6rem 0 0.2rem', fontSize: '1rem' }}>{t('my.mind')}</h3>
                      <ul style={{ margin: 0, paddingInlineStart: '1.2rem', listStyle: 'disc' }}>
                        {text.avoid.map((point) => (
                          <li key={point}>
                            <Explained text={point} />
                          </li>
                        ))}
                      </ul>
                    </>
                  )}
                  <p className="pp-hint">{t('my.from', { by: givenBy, on: givenOn })}</p>
                  <p className="pp-hint">{t(kind === 'wellness' ? 'my.sourceWellness' : 'my.source', { source })}</p>
                </section>
              ))}
              <p className="pp-hint">{t('my.notice')}</p>
            </>
          )
        }
      </Loaded>
    </OwnPage>
  )
}
