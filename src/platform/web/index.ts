/** Everything a page is written with. Pages import from here and from antd, nothing deeper. */
export { ApiProblem } from './api/api-problem.ts'
export { call } from './api/call.ts'
export { connection } from './api/connection.ts'
export { requestId } from './api/request-id.ts'
export { session } from './api/session-end.ts'
export { download, fetchFile, openFile, upload } from './api/transfer.ts'
export {
  createQueryClient,
  prefetch,
  remembered,
  useAction,
  useApi,
  useApiPages,
  type PagesResult,
  type RowOf,
} from './api/use-api.ts'
export { language, type Texts } from './language/language.ts'
export { bringEnglish, useShipped } from './language/shipped.ts'
export { useLocale, useT, type T } from './language/use-t.ts'
export { Look } from './look/look.tsx'
export { useCalm, useNarrow } from './look/media.ts'
export { theme, useIsDark, usePalette } from './look/theme.ts'
export { flag, listOf, parseSearch, readSearch, writeSearch } from './page/address.ts'
export { Go } from './page/go.tsx'
export { Card, Columns, Facts, Row, Stack } from './page/layout.tsx'
export { Page } from './page/page.tsx'
export { may, MeContext, useCan, useMe, useTimeZone, useToday, type Me } from './page/session.ts'
export {
  EMPTY_SLOTS,
  PATIENT_TAB_GROUPS,
  SlotsContext,
  useSlot,
  type CallPartProps,
  type CallPartSlot,
  type Choice,
  type ChoiceSource,
  type Collected,
  type Command,
  type PatientHeaderPart,
  type PatientTab,
  type SearchItem,
  type SearchSource,
  type SlotName,
  type TaskPartSlot,
  type TimelineSource,
  type AccountPart,
  type TopBarPart,
  type VisitPartSlot,
  type WorkbenchPart,
} from './page/slots.ts'
export { ask, aheadOf, openAhead, partsFor, type Ahead, type Ask, type Opening } from './page/ahead.ts'
export { fetchAhead, fetched, type Fetched } from './page/fetched.ts'
export { useChoices } from './page/use-choices.ts'
export { lazyPage, lazyPart, NAV_GROUPS, type StaffPage } from './page/staff-page.ts'
export { splitAddress, useAddress, useGo, usePathParam } from './page/use-address.ts'
export { ConnectionBanner } from './feedback/connection-banner.tsx'
export { Empty } from './feedback/empty.tsx'
export { Loading } from './feedback/loading.tsx'
export { NotFound, NothingYet, NotPermitted } from './feedback/not-permitted.tsx'
export { ProblemAlert } from './feedback/problem-alert.tsx'
export { RouteFault } from './feedback/route-fault.tsx'
export { forgetDrafts, keepDraftsOf } from './form/draft.ts'
export { navOf, type RoomPage } from './shell/nav.ts'
export { PlainLayout } from './shell/plain-layout.tsx'
export { Shell } from './shell/shell.tsx'
export { useShortcut } from './shell/shortcut.ts'
export { KeyHint } from './text/key-hint.tsx'
export { Chart } from './chart/chart.tsx'
export { Spark } from './chart/spark.tsx'
export { TrendChart } from './chart/trend-chart.tsx'
export type { TrendEvent, TrendPoint, TrendSeries } from './chart/trend.ts'
export { useConfirmReach, type Reach } from './feedback/confirm-reach.tsx'
export { JobProgress, type JobProgressProps } from './feedback/job-progress.tsx'
export { useSay, type Say } from './feedback/use-say.tsx'
export { DateInput } from './form/date-input.tsx'
export { Decision } from './form/decision.tsx'
export { DraftForm } from './form/draft-form.tsx'
export { Field } from './form/field.tsx'
export { SpanChoice } from './form/span-choice.tsx'
export { spanOf, type DaySpan } from './form/span.ts'
export { useHistory, type Edit } from './form/use-history.ts'
export { FileDrop } from './form/file-drop.tsx'
export { FILE_RUN_JOBS, FILE_RUN_TONES } from './form/file-run.ts'
export type { BulkAction, Column } from './list/column.ts'
export { DataTable } from './list/data-table.tsx'
export { FilterBar } from './list/filter-bar.tsx'
export type { FilterField } from './list/filter-field.ts'
export { ListPage } from './list/list-page.tsx'
export { AddressTabs } from './page/address-tabs.tsx'
export { SideDrawer, useOpened } from './page/side-drawer.tsx'
export { TabSet, type TabItem } from './page/tab-set.tsx'
export { DateText, InstantText, RelativeDay } from './text/dates.tsx'
export { GroupedTabs } from './page/grouped-tabs.tsx'
export { Figures } from './text/figures.tsx'
export { Flag, Quantity } from './text/flag.tsx'
export { Masked } from './text/masked.tsx'
export { SexAge } from './text/sex-age.tsx'
export { Status, type Tone } from './text/status.tsx'
export { TagChip } from './text/tag-chip.tsx'
export { ConditionBuilder, FactLines, WhyView, type ConditionBuilderProps, type Count, type Counted, type WhyViewProps } from './condition/index.ts'
