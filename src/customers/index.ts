import type { ConversationStore } from '../conversation/store.ts';
import type { Database } from '../database/database.ts';
import type { Clock } from '../domain/clock.ts';
import type { StaffActor } from '../domain/staff.ts';
import { type Deletion, deleteCustomer } from './deletion.ts';
import { type CustomerExport, exportCustomer } from './export.ts';

export type { Deletion, Kept } from './deletion.ts';
export type { CustomerExport } from './export.ts';

/** 客户权利: what a customer may ask to have handed out or deleted. */
export interface CustomerData {
  export(customerId: string, actor: StaffActor): Promise<CustomerExport>;
  delete(customerId: string, actor: StaffActor): Promise<Deletion>;
}

export function createCustomerData(parts: {
  database: Database;
  store: Pick<ConversationStore, 'read'>;
  clock: Clock;
}): CustomerData {
  return { export: exportCustomer(parts), delete: deleteCustomer(parts) };
}
