/** The services of the store, in the order in which the balancer asks whether a path is theirs. */
export const SERVICE_NAMES = ["products", "carts", "orders", "users", "search", "recommendations"] as const;

/** The name of a service. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** What is a service's own. */
export interface ServiceShape {
    /** Its place among the balancer's rules. */
    readonly priority: number;
    /** The port that its container listens on. */
    readonly port: number;
    /** The path on which it says that it is well. */
    readonly healthPath: string;
    /** Whether it needs the relational database, which the primary region alone has. */
    readonly relational: boolean;
}

const shape = (priority: number, relational = false): ServiceShape => ({
    priority,
    port: 8080 + priority,
    healthPath: "/healthz",
    relational,
});

/** Each has a port of its own, so that a rule that leads to the wrong one shows. */
export const SERVICES: Readonly<Record<ServiceName, ServiceShape>> = {
    products: shape(10),
    carts: shape(20),
    orders: shape(30, true),
    users: shape(40, true),
    search: shape(50),
    recommendations: shape(60),
};
