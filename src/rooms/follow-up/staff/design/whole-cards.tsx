import { Button, ConfigProvider } from 'antd'
import { useState, type ReactNode } from 'react'
import { SideDrawer, useT } from '../../../../platform/web/index.ts'
import { intervalWords, spreadWords, useSaid } from '../words.ts'
import { AboutEditor } from './about-editor.tsx'
import { ConditionWords } from './branch-words.tsx'
import { useDesign } from './context.ts'
import { EntryEditor } from './entry-editor.tsx'
import { ExitEditor } from './exit-editor.tsx'
import { GoalEditor } from './goal-editor.tsx'

const PARTS = ['about', 'goal', 'entry', 'exit'] as const
type Part = (typeof PARTS)[number]

/** What stands above the steps: what it is for, who gets in and from which day, how it ends. Each in words; opened to change. */
export function WholeCards() {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition, readOnly } = useDesign()
  const [open, setOpen] = useState<Part>()
  const { goals = [], exits = [], phases = [], entry } = definition
  const words: Record<Part, ReactNode> = {
    about:
      [said(definition.population), phases.map(({ name }) => said(name)).join(' → ')].filter(Boolean).join(' · ') ||
      t('design.whole.unsaid'),
    goal:
      [said(definition.goal), ...goals.map(({ name }) => said(name))].filter(Boolean).join(' · ') ||
      t('design.whole.noGoal'),
    entry: (
      <>
        {'condition' in entry ? (
          <ConditionWords condition={entry.condition} />
        ) : 'procedure' in entry ? (
          t('protocol.entry.procedure')
        ) : 'encounter' in entry ? (
          t('protocol.entry.encounter')
        ) : 'tag' in entry ? (
          t('protocol.entry.tag')
        ) : (
          t('protocol.entry.hand')
        )}{' '}
        <span className="pb-hint">
          {t('design.whole.anchor', { anchor: t(`anchor.${definition.anchor}`) })}
          {definition.spread && ` · ${spreadWords(t, definition.spread)}`}
        </span>
      </>
    ),
    exit:
      exits.length === 0
        ? t('design.whole.noExit')
        : exits
            .map(({ name, when }) =>
              'after' in when
                ? t('design.whole.exitAfter', {
                    name: said(name) || t('design.nameless'),
                    interval: intervalWords(t, when.after),
                  })
                : said(name) || t('design.nameless'),
            )
            .join(' · '),
  }
  const editor: Record<Part, ReactNode> = {
    about: <AboutEditor />,
    goal: <GoalEditor />,
    entry: <EntryEditor />,
    exit: <ExitEditor />,
  }
  return (
    <>
      <div className="pb-path-whole">
        {PARTS.map((part) => (
          <section key={part} className="pb-card" aria-label={t(`design.whole.${part}`)}>
            <div className="pb-card-head">
              <h2>{t(`design.whole.${part}`)}</h2>
              <Button
                size="small"
                type="text"
                aria-label={t('design.whole.open', { name: t(`design.whole.${part}`) })}
                onClick={() => setOpen(part)}
              >
                {t('design.whole.change')}
              </Button>
            </div>
            <p>{words[part]}</p>
          </section>
        ))}
      </div>
      <SideDrawer
        title={open ? t(`design.whole.${open}`) : ''}
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        widthPx={720}
      >
        <ConfigProvider componentDisabled={readOnly}>{open && editor[open]}</ConfigProvider>
      </SideDrawer>
    </>
  )
}
