/** The services in containers. */
export const SERVICE_NAMES = ["baskets", "offers", "customers", "invoices", "reports"] as const;

/** The name of a service. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The entries of balancers; the fourth is the API. */
export const ENTRY_NAMES = ["baskets", "offers", "desk"] as const;

/** The name of an entry, and the first part of its host name. */
export type EntryName = (typeof ENTRY_NAMES)[number];

/** The port of each service: its own, so that a rule that leads to the wrong one shows. */
export const PORTS: Readonly<Record<ServiceName, number>> = {
    baskets: 8081,
    offers: 8082,
    customers: 8083,
    invoices: 8084,
    reports: 8085,
};

/** The services that sign in to the relational database, as users of the same names. */
export const DATABASE_USERS = ["customers", "invoices"] as const;
