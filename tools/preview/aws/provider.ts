/** What a program told the AWS provider: whose account, which region, which tags. */
import { type Properties } from "../types";

/** The account number that AWS's documentation uses where a program names none. */
const EXAMPLE_ACCOUNT = "123456789012";

/** Reads a provider property, which travels as JSON text unless it is text itself. */
function decoded(value: unknown): unknown {
    if (typeof value !== "string" || !/^\s*[[{]/.test(value)) {
        return value;
    }
    return JSON.parse(value) as unknown;
}

/** The account that the provider works in. */
export function accountOf(provider: Properties): string {
    const allowed = decoded(provider["allowedAccountIds"]);
    if (Array.isArray(allowed) && typeof allowed[0] === "string") {
        return allowed[0];
    }
    const role = decoded(provider["assumeRoles"]) ?? decoded(provider["assumeRole"]);
    const first: unknown = Array.isArray(role) ? role[0] : role;
    const arn = typeof first === "object" && first !== null ? (first as Properties)["roleArn"] : undefined;
    const account = typeof arn === "string" ? arn.split(":")[4] : undefined;
    return account === undefined || account === "" ? EXAMPLE_ACCOUNT : account;
}

/** The region that the provider works in where a resource names none. */
export function regionOf(provider: Properties): string | undefined {
    const region = provider["region"];
    return typeof region === "string" && region !== "" ? region : undefined;
}

/** The tags that the provider adds to whatever takes tags. */
export function defaultTagsOf(provider: Properties): Record<string, unknown> {
    const given = decoded(provider["defaultTags"]);
    const tags = typeof given === "object" && given !== null ? (given as Properties)["tags"] : undefined;
    return typeof tags === "object" && tags !== null ? (tags as Record<string, unknown>) : {};
}
