/** When a Lambda runtime ends. */
export interface Lifecycle {
    /** From this day on AWS mends it no more. */
    readonly deprecated: string;
    /** From this day on no functions are made with it. */
    readonly blocked: string;
}

function until(deprecated: string, blocked: string): Lifecycle {
    return { deprecated, blocked };
}

/** Lambda's runtimes, as of cfn-lint 1.58.0 (2026-11). Those that ended before 2024 are left out, as unknown. */
export const RUNTIMES: Readonly<Partial<Record<string, Lifecycle>>> = {
    dotnet6: until("2024-12-20", "2027-02-01"),
    dotnet8: until("2026-11-10", "2027-02-01"),
    dotnet10: until("2028-11-14", "2028-12-14"),
    "java8.al2": until("2027-06-30", "2027-07-31"),
    java11: until("2027-06-30", "2027-07-31"),
    java17: until("2027-06-30", "2027-07-31"),
    java21: until("2029-06-30", "2029-07-31"),
    java25: until("2029-06-30", "2029-07-31"),
    "nodejs16.x": until("2024-06-12", "2027-02-01"),
    "nodejs18.x": until("2025-09-01", "2027-02-01"),
    "nodejs20.x": until("2026-04-30", "2027-02-01"),
    "nodejs22.x": until("2027-04-30", "2027-06-01"),
    "nodejs24.x": until("2028-04-30", "2028-06-01"),
    "provided.al2": until("2026-07-31", "2027-02-01"),
    "provided.al2023": until("2029-06-30", "2029-07-31"),
    "python3.8": until("2024-10-14", "2027-02-01"),
    "python3.9": until("2025-12-15", "2027-02-01"),
    "python3.10": until("2026-10-31", "2027-02-01"),
    "python3.11": until("2027-06-30", "2027-07-31"),
    "python3.12": until("2028-10-31", "2028-11-30"),
    "python3.13": until("2029-06-30", "2029-07-31"),
    "python3.14": until("2029-06-30", "2029-07-31"),
    "ruby3.2": until("2026-03-31", "2027-02-01"),
    "ruby3.3": until("2027-03-31", "2027-04-30"),
    "ruby3.4": until("2028-03-31", "2028-04-30"),
    "ruby4.0": until("2029-03-31", "2029-04-30"),
};
