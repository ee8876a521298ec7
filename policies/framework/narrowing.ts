/** Conditions of policy statements that let in known accounts, organisations or sources alone. */

/** The part of a value that has to be fixed, so that it speaks of somebody known; undefined where there is none. */
type Deciding = (value: string) => string | undefined;

const whole: Deciding = (value) => value;

/** Whatever is before the path inside an organisation. */
const organisation: Deciding = (value) => value.split("/")[0];

/** The unique id of a role or user, before the name of a session. */
const uniqueId: Deciding = (value) => value.split(":")[0];

/** The account; of a resource whose ARN has none, such as a bucket, its name, which nobody else can have. */
const owner: Deciding = (value) => {
    const [, , service, , account, ...rest] = value.split(":");
    const resource = rest.join(":");
    const [bucket] = resource.split("/");
    // A pattern such as arn:aws:s3:*:*:name is of one bucket all the same. Access points are their accounts'.
    const isBucket = service === "s3" && bucket !== "accesspoint" && !isFixed(account);
    return isBucket ? bucket : account === "" ? resource : account;
};

/** What keys of conditions, in small letters, have to fix. Others do not narrow. */
export type NarrowingKeys = Readonly<Partial<Record<string, Deciding>>>;

/** Keys that say who asks, or from where. */
const REQUESTERS: NarrowingKeys = {
    "aws:sourcearn": owner,
    "aws:sourceaccount": whole,
    "aws:sourceowner": whole,
    "aws:sourceorgid": whole,
    "aws:sourceorgpaths": organisation,
    "aws:principalaccount": whole,
    "aws:principalarn": owner,
    "aws:principalorgid": whole,
    "aws:principalorgpaths": organisation,
    "aws:sourcevpc": whole,
    "aws:sourcevpce": whole,
    "kms:calleraccount": whole,
    "s3:dataaccesspointaccount": whole,
    "s3:dataaccesspointarn": owner,
    "aws:userid": uniqueId,
};

/** Keys that say whose principals ask, or whose resources they ask for. */
export const WITHIN_ORGANISATION: NarrowingKeys = {
    "aws:principalaccount": whole,
    "aws:principalarn": owner,
    "aws:principalorgid": whole,
    "aws:principalorgpaths": organisation,
    "aws:resourceaccount": whole,
    "aws:resourceorgid": whole,
    "aws:resourceorgpaths": organisation,
};

// Negations, and tests that a request without the key passes, narrow nothing.
const EQUALITY = /^(?:ForAnyValue:)?(?:String|Arn)(?:Equals|Like|EqualsIgnoreCase)$/;

const BLOCKS = /^(?:ForAnyValue:)?IpAddress$/;

/** A wildcard, or a variable, which whoever asks fills in. */
const OPEN = /[*?]|\$\{/;

/**
 * Whether a condition limits who can use the statement: an equality on an account, organisation, source or VPC, or
 * blocks of public addresses.
 *
 * @param narrowing The keys that count.
 */
export function isNarrowing(
    conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
    narrowing: NarrowingKeys = REQUESTERS,
): boolean {
    return Object.entries(conditions).some(
        ([operator, keys]) =>
            (narrowing === REQUESTERS && BLOCKS.test(operator) && namesBlocks(keys)) ||
            (EQUALITY.test(operator) &&
                Object.entries(keys).some(([key, values]) => {
                    const deciding = narrowing[key.toLowerCase()];
                    return (
                        deciding !== undefined &&
                        values.length > 0 &&
                        values.every((value) => isFixed(deciding(value)))
                    );
                })),
    );
}

/** Whether requests have to come from blocks that S3 does not take for the public: up to /8, or /32 of IPv6. */
function namesBlocks(keys: Readonly<Record<string, readonly string[]>>): boolean {
    return Object.entries(keys).some(
        ([key, blocks]) =>
            key.toLowerCase() === "aws:sourceip" &&
            blocks.length > 0 &&
            blocks.every((block) => {
                const [address = "", length] = block.split("/");
                return (
                    isFixed(address) &&
                    (length === undefined || Number(length) >= (address.includes(":") ? 32 : 8))
                );
            }),
    );
}

function isFixed(part: string | undefined): boolean {
    return part !== undefined && part !== "" && !OPEN.test(part);
}
