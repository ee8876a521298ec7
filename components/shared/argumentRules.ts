/** The rules that the tables of arguments are made of: kinds, enums, and the forms that many components share. */
import { type ArgumentTable, type Judge, type Kind, type Refusal, type Rule } from "./argumentTable";
import { isRegion } from "./validation";

type Optional<K extends Kind> = Rule<K, false, false>;

/** What a rule may say beside its kind. */
interface Also {
    readonly judge?: Judge;
    readonly judgeLater?: Judge;
}

function rule<K extends Kind>(
    kind: K,
    allowed: string,
    also: Also & Pick<Rule, "items" | "properties"> = {},
): Optional<K> {
    return { kind, allowed, required: false, later: false, secret: false, ...also };
}

/** A text. What forms it may have is left to later checks, or to `judge`. */
export function text(allowed = "a text", judge?: Judge): Optional<"text"> {
    return rule("text", allowed, judge === undefined ? {} : { judge });
}

/** A text that a pattern describes. */
export function textLike(pattern: RegExp, allowed: string): Optional<"text"> {
    return text(allowed, (value) => (pattern.test(value as string) ? undefined : { allowed }));
}

/** A number. Its bounds are left to later checks. */
export function number(allowed = "a number"): Optional<"number"> {
    return rule("number", allowed);
}

/** True or false. The text "false" is neither, and would count as true. */
export function flag(): Optional<"flag"> {
    return rule("flag", "true or false");
}

/** One of an enum's values. Programs in other languages hand over plain texts. */
export function oneOf(values: Readonly<Record<string, string>>, prefix = ""): Optional<"text"> {
    const names = Object.values(values);
    const allowed = `${prefix}${names.join(", ")}`;
    return text(allowed, (value) => (names.includes(value as string) ? undefined : { allowed }));
}

/** A list, each item of which is required. */
export function list(items: Rule, allowed = `a list, each item ${items.allowed}`): Optional<"list"> {
    return rule("list", allowed, { items: required(items) });
}

/** A list that has so many items at least, known now or later. */
export function listOfAtLeast(least: number, items: Rule, allowed: string): Optional<"list"> {
    const judge: Judge = (value) => (Array.isArray(value) && value.length < least ? { allowed } : undefined);
    return rule("list", allowed, { items: required(items), judge, judgeLater: judge });
}

/** Values by names that the caller chooses. */
export function map(items: Rule, allowed = `names, with ${items.allowed} each`): Optional<"map"> {
    return rule("map", allowed, { items: required(items) });
}

/** Properties that a table of their own describes. */
export function object<T extends object>(properties: ArgumentTable<T>): Optional<"object"> {
    const rules = properties as Readonly<Record<string, Rule>>;
    return rule("object", `an object with ${Object.keys(rules).join(", ")}`, { properties: rules });
}

/** An object that only TypeScript programs write, and whose properties its type alone holds. */
export function anything(allowed: string): Optional<"map"> {
    return rule("map", allowed);
}

/** The same, and it cannot be left out. */
export function required<K extends Kind, L extends boolean>(of: Rule<K, boolean, L>): Rule<K, true, L> {
    return { ...of, required: true };
}

/** The same, and it, or any value in it, may be an output or a promise. */
export function input<K extends Kind, R extends boolean>(of: Rule<K, R>): Rule<K, R, true> {
    const { items, properties } = of;
    return {
        ...of,
        later: true,
        ...(items === undefined ? {} : { items: input(items) }),
        ...(properties === undefined
            ? {}
            : {
                  properties: Object.fromEntries(
                      Object.entries(properties).map(([name, property]) => [name, input(property)]),
                  ),
              }),
    };
}

/** The same, and the component registers it as a secret. */
export function secret<K extends Kind, R extends boolean, L extends boolean>(
    of: Rule<K, R, L>,
): Rule<K, R, L> {
    return { ...of, secret: true };
}

/** An AWS region's code. */
export function region(): Optional<"text"> {
    const allowed = "an AWS region code, such as eu-central-1";
    return text(allowed, (value) => (isRegion(value as string) ? undefined : { allowed }));
}

/** An AWS account's id. */
export function accountId(allowed = "12 digits"): Optional<"text"> {
    return textLike(/^\d{12}$/, allowed);
}

/** The id of something in AWS, by what such ids begin with. */
export function id(prefix: string, what: string): Optional<"text"> {
    return textLike(new RegExp(`^${prefix}[0-9a-z]+$`), `the id of ${what}, which begins with ${prefix}`);
}

/** The id of a Route 53 hosted zone. */
export function hostedZoneId(): Optional<"text"> {
    return textLike(
        /^Z[0-9A-Z]{1,31}$/,
        "the id of a Route 53 hosted zone: Z and up to 31 capital letters and digits",
    );
}

/** The name of an S3 bucket. Source: Amazon S3 User Guide, "General purpose bucket naming rules". */
export function bucketName(): Optional<"text"> {
    return textLike(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of a bucket");
}

/** The ARN of something of one service. */
export function arnOf(service: string, what: string): Optional<"text"> {
    return textLike(new RegExp(`^arn:aws:${service}:.+$`), `the ARN of ${what}, arn:aws:${service}:…`);
}

/** Ids of subnets in two zones or more. */
export function subnetIds(what: string): Optional<"list"> {
    return listOfAtLeast(
        2,
        input(id("subnet-", "a subnet")),
        `the ids of two or more subnets ${what}, one in each of two or more zones`,
    );
}

/** Ids of the security groups that something wears. */
export function securityGroupIds(): Optional<"list"> {
    return listOfAtLeast(1, input(id("sg-", "a security group")), "the ids of one or more security groups");
}

/** Where an ARN must be: in the region that an argument of the component names, or in one that never changes. */
type Home = { readonly argument: string } | { readonly region: string };

const HERE: Home = { argument: "region" };

function regionOf(home: Home, args: Readonly<Record<string, unknown>>): string | undefined {
    const value = "region" in home ? home.region : args[home.argument];
    return typeof value === "string" && isRegion(value) ? value : undefined;
}

function inRegion(
    pattern: (region: string) => RegExp,
    refusal: (region: string) => Refusal,
    home: Home,
): Also {
    const judge: Judge = (value, args) => {
        const where = regionOf(home, args);
        // Where the region itself is refused, any will do.
        return pattern(where ?? "[a-z0-9-]+").test(value as string)
            ? undefined
            : refusal(where ?? "the component's region");
    };
    return {
        judge,
        // Mocks in tests make up texts that are no ARNs, which AWS does not.
        judgeLater: (value, args) => (String(value).startsWith("arn:aws:") ? judge(value, args) : undefined),
    };
}

/** The ARN of a KMS key in the component's region, by its id: services refuse aliases late, or forget them. */
export function keyArn(home: Home = HERE): Optional<"text"> {
    return rule(
        "text",
        "the ARN of a KMS key",
        inRegion(
            (where) => new RegExp(`^arn:aws:kms:${where}:\\d{12}:key/[A-Za-z0-9-]+$`),
            (where) => ({
                allowed: `the ARN of a KMS key in ${where}, arn:aws:kms:…:key/<id>`,
                remedy: "Give the key's own ARN, not an alias's; what it encrypts must be in its region",
            }),
            home,
        ),
    );
}

/** The ARN of an SNS topic in the component's region: alarms accept another region's and never deliver to it. */
export function topicArn(home: Home = HERE): Optional<"text"> {
    return rule(
        "text",
        "the ARN of an SNS topic",
        inRegion(
            (where) => new RegExp(`^arn:aws:sns:${where}:\\d{12}:[A-Za-z0-9_.-]+$`),
            (where) => ({ allowed: `the ARN of a topic in ${where}, where the alarm is` }),
            home,
        ),
    );
}

/** ARNs of SNS topics in the component's region. */
export function topicArns(home: Home = HERE): Optional<"list"> {
    const topic = topicArn(home);
    return {
        ...list(input(topic), "a list of ARNs of SNS topics"),
        judgeLater: (value, args) =>
            (Array.isArray(value) ? value : [])
                .map((arn: unknown) => topic.judgeLater?.(arn, args))
                .find((refusal) => refusal !== undefined),
    };
}

/** Tags: a text each, any of which, or all together, may be known only later. */
export function tags(): Rule<"map", false, true> {
    return input(map(input(text())));
}
