/**
 * What the pages of patients are made of: no component library, since a phone on a hospital corridor's network should
 * show a question within a second. Rooms' `patient/` pages import from here; README.md says how.
 */
export { ApiProblem } from '../web/api/api-problem.ts'
export { call } from '../web/api/call.ts'
export { requestId } from '../web/api/request-id.ts'
export { language } from '../web/language/language.ts'
export { useLocale, useT, type T } from '../web/language/use-t.ts'
export { Go, go, Heading } from './address.tsx'
export { knownHouse, rememberHouse, type KnownHouse } from './house-known.ts'
export { LargePrint } from './large-print.tsx'
export { MoreAbout, type MoreAboutAsked, type MoreAboutPart } from './more-about.tsx'
export { Card, OwnPage, Rows, type ListRow } from './own-page.tsx'
export { HomeCards } from './home-cards.tsx'
export { PageParts } from './page-parts.tsx'
export { Screen, Choice, Notice, type ChoiceOption } from './parts.tsx'
export { Apart, Loaded, Nothing, Trouble, Waiting } from './states.tsx'
export { Explained, Term } from './term.tsx'
export { readDate } from './read-date.ts'
export { useOwn, type Own } from './use-own.ts'
export { useWaiting, type Waiting as WaitingNotes } from './use-waiting.ts'
export { waitingLine } from './waiting-line.ts'
export type { HomeCard, PagePart, PatientPage } from './page.ts'
