/** The services that run in containers, in the order in which their balancer asks whether a path is theirs. */
export const SERVICE_NAMES = ["orders", "payments", "operations"] as const;

/** The name of a service. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The functions behind the API. */
export const FUNCTION_NAMES = ["catalogue", "cart", "sessions"] as const;

/** The name of a function, which is that of its folder under functions/. */
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** Whose tokens a service holds: others do not hear of them. */
export const THIRD_PARTIES = { payments: "payment-provider", operations: "carrier" } as const;

/** A third party. */
export type ThirdParty = (typeof THIRD_PARTIES)[keyof typeof THIRD_PARTIES];
