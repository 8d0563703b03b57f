export interface DemoCustomer {
  id: string;
  title: string;
}

/** The sandbox's customers; undefined when the server does not offer them. */
export async function fetchCustomers(): Promise<DemoCustomer[] | undefined> {
  try {
    const response = await fetch('demo/customers', { cache: 'no-store' });
    if (!response.ok) return undefined;
    return readCustomers(await response.json());
  } catch {
    // The page shows that nothing came and offers to try again.
    return undefined;
  }
}

/** The list itself, or `{ customers: […] }`. */
function readCustomers(body: unknown): DemoCustomer[] | undefined {
  const wrapped = typeof body === 'object' && body !== null && 'customers' in body;
  const list = wrapped ? body.customers : body;
  return Array.isArray(list) ? list.filter(isCustomer) : undefined;
}

function isCustomer(value: unknown): value is DemoCustomer {
  if (typeof value !== 'object' || value === null) return false;
  return 'id' in value && typeof value.id === 'string' && 'title' in value && typeof value.title === 'string';
}

/** The customer named in the address; undefined for a visitor who is not signed in. */
export function chosenCustomer(): string | undefined {
  return new URLSearchParams(location.search).get('customer') ?? undefined;
}

/** The language named in the address; undefined for the browser's. */
export function chosenLocale(): string | undefined {
  return new URLSearchParams(location.search).get('locale') ?? undefined;
}

/** The page's address for a customer and a language. */
export function addressOf(customer: string | undefined, locale = chosenLocale()): string {
  const query = new URLSearchParams({ ...(customer && { customer }), ...(locale && { locale }) }).toString();
  return query ? `?${query}` : location.pathname;
}

/** Where this shop's server hands out chat tokens for the customer. */
export function tokenUrlOf(customerId: string | undefined): string {
  return customerId ? `/demo/token?customer=${encodeURIComponent(customerId)}` : '/demo/token';
}
