import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import {
  Empty,
  InstantText,
  ListPage,
  Loading,
  Page,
  ProblemAlert,
  Status,
  useAction,
  useApi,
  useGo,
  useSay,
  useT,
  type Column,
} from '../../../platform/web/index.ts'
import { createIssue, listIssues, type IssueLine } from '../contract/newsletter.ts'
import { monthWords, TONES, useLang } from './words.ts'

/** 月刊: the archive of what went out, with what is being written on top. */
export function IssueListPage() {
  const t = useT('newsletter')
  const lang = useLang()
  const say = useSay()
  const go = useGo()
  const { data, error, refetch } = useApi(listIssues)
  const begin = useAction(createIssue, { invalidates: [listIssues], onDone: ({ id }) => go(`/newsletters/${id}`) })
  if (!data)
    return (
      <Page title={t('nav.newsletters')}>
        {error ? <ProblemAlert problem={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    )
  const { next } = data
  const columns: Column<IssueLine>[] = [
    { key: 'month', title: t('list.month'), render: (line) => monthWords(line.month, lang), widthPx: 140 },
    { key: 'number', title: t('list.number'), render: (line) => t('number', { number: line.number }), widthPx: 100 },
    { key: 'title', title: t('list.title'), render: (line) => line.title[lang] || t('list.untitled') },
    {
      key: 'state',
      title: t('list.state'),
      card: 'aside',
      widthPx: 110,
      render: (line) => <Status tone={TONES[line.state]}>{t(`state.${line.state}`)}</Status>,
    },
    { key: 'articles', title: t('list.articles'), number: true, widthPx: 90, render: (line) => line.articles },
    {
      key: 'sentAt',
      title: t('list.sentAt'),
      widthPx: 170,
      render: (line) => (line.sentAt ? <InstantText at={line.sentAt} /> : null),
    },
    { key: 'changedBy', title: t('list.changedBy'), render: (line) => line.changedBy, optional: true },
  ]
  const button = data.can.write && (
    <Button
      type="primary"
      icon={<PlusOutlined />}
      loading={begin.isPending}
      onClick={() => begin.mutate({ body: next }, { onError: say.problem })}
    >
      {t('list.begin', { month: monthWords(next.month, lang) })}
    </Button>
  )
  return (
    <ListPage<IssueLine>
      title={t('nav.newsletters')}
      hint={t('list.hint')}
      actions={button}
      name="newsletters"
      label={t('nav.newsletters')}
      rows={data.rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ month }) => monthWords(month, lang)}
      to={({ id }) => `/newsletters/${id}`}
      empty={<Empty title={t('list.none')} hint={t('list.noneHint')} />}
    />
  )
}
