import { Button } from 'antd'
import { useMemo } from 'react'
import { read } from '../../../../clinical/questionnaire/index.ts'
import type { OutputOf } from '../../../../platform/contract/endpoint.ts'
import { useAction, useConfirmReach, useGo, useSay, useT, useToday } from '../../../../platform/web/index.ts'
import { faultsInDefinition } from '../../contract/faults.ts'
import {
  discardDraft,
  listDefinitions,
  publishDraft,
  readDefinition,
  retireDefinition,
  versionsOf,
  type DefinitionView,
} from '../../contract/questionnaire.ts'

const CHANGED = [listDefinitions, readDefinition, versionsOf]

/** Publishing by a second person, retiring, and throwing a draft away: each names its reach. */
export function PublishActs({ view, history }: { view: DefinitionView; history: OutputOf<typeof versionsOf> }) {
  const t = useT('questionnaire')
  const say = useSay()
  const confirm = useConfirmReach()
  const go = useGo()
  const today = useToday()
  const { code } = view
  const params = { params: { code } }
  const active = history.rows.find(({ state }) => state === 'active')
  const isDraft = view.state === 'draft'
  const faults = useMemo(
    () => (isDraft ? faultsInDefinition(read(view.definition), today).length : 0),
    [isDraft, view.definition, today],
  )
  const publish = useAction(publishDraft, {
    invalidates: CHANGED,
    onDone: () => say.done(t('catalogue.published', { version: view.version })),
  })
  const retire = useAction(retireDefinition, { invalidates: CHANGED, onDone: () => say.done(t('catalogue.retired')) })
  // Of a questionnaire that was a draft alone nothing is left to be asked for.
  const isAll = history.rows.length === 1
  const discard = useAction(discardDraft, {
    ...(isAll ? { forgets: [listDefinitions] } : { invalidates: CHANGED }),
    onDone: () => {
      say.done(t('catalogue.discarded'))
      if (isAll) go('/questionnaires')
    },
  })
  const ask = async (act: 'publish' | 'retire' | 'discard', reach: string[], run: () => void) => {
    const verb = t(`catalogue.${act}`)
    if (
      await confirm({
        title: t(`catalogue.ask.${act}`, { version: isDraft ? view.version : (active?.version ?? view.version) }),
        reach,
        verb,
        danger: act !== 'publish',
      })
    )
      run()
  }
  const onError = { onError: say.problem }
  return (
    <>
      {isDraft && history.can.design && (
        <Button
          loading={discard.isPending}
          onClick={() => void ask('discard', [t('catalogue.reach.discard')], () => discard.mutate(params, onError))}
        >
          {t('catalogue.discard')}
        </Button>
      )}
      {active && history.can.publish && (
        <Button
          danger
          loading={retire.isPending}
          onClick={() =>
            void ask(
              'retire',
              [t('catalogue.reach.retire'), t('catalogue.reach.stay', { count: active.answers })],
              () => retire.mutate(params, onError),
            )
          }
        >
          {t('catalogue.retire')}
        </Button>
      )}
      {isDraft && history.can.publish && (
        <Button
          type="primary"
          disabled={!view.can.publish || faults > 0}
          title={
            !view.can.publish
              ? t('problems.OwnQuestionnaire')
              : faults > 0
                ? t('problems.DefinitionFaulty', { count: faults })
                : undefined
          }
          loading={publish.isPending}
          onClick={() =>
            void ask(
              'publish',
              [
                t('catalogue.reach.publish', { count: view.questions }),
                ...(active ? [t('catalogue.reach.replaces', { version: active.version })] : []),
              ],
              () => publish.mutate({ ...params, body: { revision: view.revision } }, onError),
            )
          }
        >
          {t('catalogue.publishVersion', { version: view.version })}
        </Button>
      )}
    </>
  )
}
