/** The door of the room understanding. What stands on a card is for people who speak with the person: no room reads it. */
export { furnishUnderstanding } from './demonstration.ts'
