/** The door of the room complaint. */
export { openComplaintsAmong, openForRating, type RatingComplaint } from './from-rating.ts'
export { furnishComplaints } from './demonstration.ts'
