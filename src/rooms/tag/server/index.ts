/** The door of the room tag. */
export { installShippedTags } from './shipped.ts'
export { tagStep } from './step.ts'
export { answersTo, type AskedTask, type GivenAnswer } from './answered.ts'
export { sentByTag, tagsThatAsk, type AskingTag } from './asking.ts'
export { factsRecordedAt } from './recorded.ts'
export { dropPackedTag, findPackedTags, layPackedTag } from './packed.ts'
export { whoMeets, type Holding } from './holding.ts'
export {
  clearRoomTag,
  clearRoomTags,
  publishedTags,
  setRoomTag,
  setRoomTags,
  type RoomTag,
  type TagOfPatient,
} from './room-tag.ts'
export { tagsOf, type StandingTag } from './standing.ts'
