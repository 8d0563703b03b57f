export { deliverReminders } from './delivery.ts';
export { createPlatformEvents } from './platform-events.ts';
export { createReminders } from './reminders.ts';
export { purgeReminders } from './retention.ts';
