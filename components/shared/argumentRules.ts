/** The rules that the tables of arguments are made of: kinds, enums, and the forms that many components share. */
import * as pulumi from "@pulumi/pulumi";

import {
    type ArgumentTable,
    isAccepted,
    type Given,
    type Judge,
    type Kind,
    type Place,
    type Refusal,
    type Rule,
    type When,
} from "./argumentTable";
import { isPort, isRegion, LOG_RETENTION_DAYS, show } from "./validation";

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

/** What is allowed, where it depends on what stands around the value. */
type Allowed = string | ((args: Given, place: Place) => string);

/** How an error words a rule, beside what is allowed. */
interface Words {
    /** What is allowed in place of a value of another kind. The same as else when left out. */
    readonly kind?: string;
    /** What to change, when what is allowed does not say it. */
    readonly remedy?: string;
}

/** A text that holds to something, by itself or beside the other arguments. */
export function textWhere(
    holds: (value: string, args: Given, place: Place) => boolean,
    allowed: Allowed,
    words: Words = {},
): Optional<"text"> {
    return text(
        words.kind ?? (typeof allowed === "string" ? allowed : "a text"),
        unless((value, ...around) => holds(value as string, ...around), allowed, words),
    );
}

/** A text that is JSON, and an object. Whatever else it must be, `holds` says. */
export function jsonObject(allowed: string, holds: (value: Given) => boolean = () => true): Optional<"text"> {
    return textWhere((value) => {
        const parsed = parsedObject(value);
        return parsed !== undefined && holds(parsed);
    }, allowed);
}

/** Whether what was read of a text is an object, and no list. */
export function isObject(value: unknown): value is Given {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a text is as JSON, if that is an object. */
export function parsedObject(text: string): Given | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return isObject(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

/** Whether a text is JSON, of whatever kind. */
export function isJson(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}

/** A number. What bounds it has is left to later checks, or to `judge`. */
export function number(allowed = "a number", judge?: Judge): Optional<"number"> {
    return rule("number", allowed, judge === undefined ? {} : { judge });
}

/** A number that holds to something, by itself or beside the other arguments. */
export function numberWhere(
    holds: (value: number, args: Given, place: Place) => boolean,
    allowed: Allowed,
    words: Words = {},
): Optional<"number"> {
    return number(
        words.kind ?? (typeof allowed === "string" ? allowed : "a number"),
        unless((value, ...around) => holds(value as number, ...around), allowed, words),
    );
}

/** A whole number in a range, which may depend on the other arguments; `allowed` says which. */
export function wholeNumber(
    range: Range | ((args: Given, place: Place) => Range),
    allowed: Allowed,
    words: Words = {},
): Optional<"number"> {
    const at = typeof range === "function" ? range : () => range;
    return numberWhere((value, args, place) => isInRange(value, { ...at(args, place), step: 1 }), allowed, {
        kind: "a number",
        ...words,
    });
}

/** A TCP port that a service may listen on. */
export function port(allowed: string): Optional<"number"> {
    return numberWhere(isPort, allowed);
}

/** What a number may be: inclusive bounds and, where only some between them will do, the step. */
export interface Range {
    readonly min: number;
    readonly max: number;
    readonly step?: number;
}

/** A number in a range, which may depend on the other arguments. */
export function numberIn(
    range: Range | ((args: Given, place: Place) => Range),
    words: Words = {},
): Optional<"number"> {
    const at = typeof range === "function" ? range : () => range;
    return numberWhere(
        (value, args, place) => isInRange(value, at(args, place)),
        (args, place) => rangeText(at(args, place)),
        { kind: "a number", ...words },
    );
}

function isInRange(value: number, { min, max, step }: Range): boolean {
    return (
        Number.isFinite(value) &&
        value >= min &&
        value <= max &&
        (step === undefined || Number.isInteger(value / step))
    );
}

function rangeText({ min, max, step }: Range): string {
    return `a number from ${min} to ${max}${step === undefined ? "" : ` in steps of ${step}`}`;
}

/** How many days a log group keeps its events. */
export function logRetention(): Optional<"number"> {
    return numberWhere(
        (days) => LOG_RETENTION_DAYS.includes(days),
        `one of ${LOG_RETENTION_DAYS.join(", ")} (days)`,
        { kind: "a number" },
    );
}

/** True or false. The text "false" is neither, and would count as true. */
export function flag(judge?: Judge): Optional<"flag"> {
    return rule("flag", "true or false", judge === undefined ? {} : { judge });
}

/** True or false, where it holds to something beside the other arguments. */
export function flagWhere(
    holds: (value: boolean, args: Given, place: Place) => boolean,
    allowed: Allowed,
    words: Pick<Words, "remedy"> = {},
): Optional<"flag"> {
    return flag(unless((value, ...around) => holds(value as boolean, ...around), allowed, words));
}

/** Refuses what does not hold. */
export function unless(
    holds: (value: unknown, args: Given, place: Place) => boolean,
    allowed: Allowed,
    { remedy }: Pick<Words, "remedy"> = {},
): Judge {
    return (value, args, place) =>
        holds(value, args, place)
            ? undefined
            : {
                  allowed: typeof allowed === "string" ? allowed : allowed(args, place),
                  ...(remedy === undefined ? {} : { remedy }),
              };
}

/** Has all of them judge, and notes what each has to say. */
export function allOf(...judges: readonly Judge[]): Judge {
    return (...given) => judges.flatMap((judge) => judge(...given) ?? []);
}

/** Whether another argument was given. */
export function isGiven(argument: unknown): boolean {
    return argument !== undefined && argument !== null;
}

/** Another argument as a text; `otherwise` where it is left out or, which is said of that one, is none. */
export function textOf(given: unknown, otherwise = ""): string {
    return typeof given === "string" ? given : otherwise;
}

/** Another argument as a number; `otherwise` where it is left out or, which is said of that one, is none. */
export function numberOf(given: unknown, otherwise: number): number {
    return typeof given === "number" && !Number.isNaN(given) ? given : otherwise;
}

/** Another argument as an object; an empty one where it is left out or, which is said of that one, is none. */
export function objectOf(given: unknown): Given {
    return typeof given === "object" && given !== null ? (given as Given) : {};
}

/** Another argument as a list; an empty one where it is left out or, which is said of that one, is none. */
export function listOf(given: unknown): readonly unknown[] {
    return Array.isArray(given) ? given : [];
}

/** One of an enum's values. Programs in other languages hand over plain texts. */
export function oneOf(values: Readonly<Record<string, string>>, prefix = ""): Optional<"text"> {
    const names = Object.values(values);
    const allowed = `${prefix}${names.join(", ")}`;
    return text(allowed, (value) => (names.includes(value as string) ? undefined : { allowed }));
}

/** The same, and it holds to something more, which is looked at where nothing else is wrong. */
export function alsoWhere<K extends Kind, R extends boolean, L extends boolean>(
    holds: (value: unknown, args: Given, place: Place) => boolean,
    allowed: Allowed,
    of: Rule<K, R, L>,
    words: Pick<Words, "remedy"> = {},
): Rule<K, R, L> {
    const also = unless(holds, allowed, words);
    return {
        ...of,
        judge: (...given) => {
            const verdict = of.judge?.(...given);
            return isAccepted(verdict) ? also(...given) : verdict;
        },
    };
}

/** The same, and another judge notes what it has to say, too, whatever was noted before. */
export function alsoJudged<K extends Kind, R extends boolean, L extends boolean>(
    by: Judge,
    of: Rule<K, R, L>,
): Rule<K, R, L> {
    return { ...of, judge: of.judge === undefined ? by : allOf(of.judge, by) };
}

/** Whether a list has so many items. */
export function isCount(value: unknown, least: number, most: number): boolean {
    return Array.isArray(value) && value.length >= least && value.length <= most;
}

/** Whether no item of a list is there twice. */
export function isEachOnce(value: unknown): boolean {
    return Array.isArray(value) && new Set(value).size === value.length;
}

/** Refuses a list of more items; an error shows how many there are. */
export function atMost(most: number, allowed: string): Judge {
    return (value) =>
        isCount(value, 0, most) ? undefined : { shown: (value as readonly unknown[]).length, allowed };
}

/** An item of a list that is like none before it. What is there twice is refused for that alone. */
export function once<K extends Kind, R extends boolean, L extends boolean>(
    of: Rule<K, R, L>,
    allowed: string,
    words: Pick<Words, "remedy"> = {},
): Rule<K, R, L> {
    const first = unless((value, _, { before }) => !before.includes(value), allowed, words);
    return { ...of, judge: (...given) => first(...given) ?? of.judge?.(...given) };
}

/** A list, each item of which is required. */
export function list(
    items: Rule,
    allowed = `a list, each item ${items.allowed}`,
    judge?: Judge,
): Optional<"list"> {
    return rule("list", allowed, { items: required(items), ...(judge === undefined ? {} : { judge }) });
}

/** A list that has so many items at least, known now or later. */
export function listOfAtLeast(least: number, items: Rule, allowed: string): Optional<"list"> {
    const judge: Judge = (value) => (Array.isArray(value) && value.length < least ? { allowed } : undefined);
    return rule("list", allowed, { items: required(items), judge, judgeLater: judge });
}

/** Values by names that the caller chooses. */
export function map(
    items: Rule,
    allowed = `names, with ${items.allowed} each`,
    judge?: Judge,
): Optional<"map"> {
    return rule("map", allowed, { items: required(items), ...(judge === undefined ? {} : { judge }) });
}

/** Refuses the names in a map that a pattern does not describe. */
export function namesLike(pattern: RegExp, allowed: string): Judge {
    return (value) =>
        Object.keys(value as object)
            .filter((name) => !pattern.test(name))
            .map((name) => ({ at: `[${show(name)}]`, shown: name, allowed }));
}

/** Whether a name in a map may become a part of resources' names: 1 to 20 lower-case letters, digits and hyphens. */
export function isShortName(name: string): boolean {
    return /^[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?$/.test(name);
}

/** One value or more, by names that become parts of resources' names. */
export function mapByShortNames(items: Rule, allowed: string): Optional<"map"> {
    return map(
        items,
        allowed,
        unless((value) => {
            const names = Object.keys(value as object);
            return names.length > 0 && names.every(isShortName);
        }, "one or more, by names of 1 to 20 lower-case letters, digits and hyphens"),
    );
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

/** An archive of files, such as the code of a function. */
export function archive(allowed: string): Optional<"map"> {
    const judge = unless((value) => pulumi.asset.Archive.isInstance(value), allowed);
    return rule("map", allowed, { judge, judgeLater: judge });
}

/** The same, and it cannot be left out. */
export function required<K extends Kind, L extends boolean>(of: Rule<K, boolean, L>): Rule<K, true, L> {
    return { ...of, required: true };
}

/** Whether the other arguments are as a rule has it. */
export type Condition = (args: Given) => boolean;

/** The same, and judged, beside its kind, only while the condition holds. */
export function judgedWhile<K extends Kind, R extends boolean, L extends boolean>(
    condition: Condition,
    of: Rule<K, R, L>,
): Rule<K, R, L> {
    const { judge, items } = of;
    return {
        ...of,
        ...(judge === undefined
            ? {}
            : { judge: (value, args, place) => (condition(args) ? judge(value, args, place) : undefined) }),
        ...(items === undefined ? {} : { items: judgedWhile(condition, items) }),
    };
}

/** The same, and it cannot be left out while the condition holds. */
export function requiredWhile<K extends Kind, L extends boolean>(
    condition: Condition,
    refusal: Refusal | ((args: Given) => Refusal),
    of: Rule<K, false, L>,
): Rule<K, false, L> {
    return {
        ...of,
        mayBeLeftOut: refusedWhile(condition, typeof refusal === "function" ? refusal : () => refusal),
    };
}

/** The same, and it must be left out while the condition holds, whatever it is. */
export function leftOutWhile<K extends Kind, L extends boolean>(
    condition: Condition,
    refusal: (args: Given) => Refusal,
    of: Rule<K, false, L>,
): Rule<K, false, L> {
    return { ...of, mayBeGiven: refusedWhile(condition, refusal) };
}

function refusedWhile(condition: Condition, refusal: (args: Given) => Refusal): When {
    return (args) => (condition(args) ? refusal(args) : undefined);
}

/** The same, and `value` holds where it is left out, which is then judged beside the other arguments. */
export function byDefault<K extends Kind, L extends boolean>(
    value: unknown,
    of: Rule<K, false, L>,
): Rule<K, false, L> {
    return { ...of, otherwise: () => value };
}

/** The same, and judged alike when it is known, where that is only later. */
export function judgedLater<K extends Kind, R extends boolean, L extends boolean>(
    of: Rule<K, R, L>,
): Rule<K, R, L> {
    return { ...of, ...(of.judge === undefined ? {} : { judgeLater: of.judge }) };
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

/** Whose law personal data is under. */
export function jurisdiction(): Optional<"text"> {
    return textLike(/^[A-Za-z][A-Za-z-]{1,30}$/, "2 to 31 letters and hyphens, such as EU or US-CA");
}

/** An address that mail is sent to. */
export function mailAddress(): Optional<"text"> {
    return textLike(/^[^@\s]+@[^@\s.]+\.[^@\s]+$/, "an address, such as oncall@example.com");
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

/** An ARN that a pattern describes, known now or later. */
export function arnLike(pattern: RegExp, allowed: string): Optional<"text"> {
    const arn = textLike(pattern, allowed);
    return { ...arn, ...(arn.judge === undefined ? {} : { judgeLater: ofArns(arn.judge) }) };
}

/** The ARN of an alarm, in whatever region. */
export function alarmArn(): Optional<"text"> {
    return arnLike(/^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:.+$/, "the ARN of an alarm");
}

/** An ARN that begins in a way which depends on what stands around it; in any way where that says nothing. */
export function arnThat(begins: (args: Given, place: Place) => string | undefined): Optional<"text"> {
    const judge: Judge = (value, args, place) => {
        const beginning = begins(args, place);
        return beginning === undefined || String(value).startsWith(beginning)
            ? undefined
            : { allowed: `an ARN that begins with ${beginning}` };
    };
    return {
        ...text("an ARN", judge),
        // What tests make up need be no ARN.
        judgeLater: (value, ...around) =>
            String(value).startsWith("arn:") ? judge(value, ...around) : undefined,
    };
}

/** How ARNs of a service's begin in the component's region. */
export function arnBeginning(service: string, args: Given): string {
    const where = textOf(args.region);
    // Where the region itself is refused, any will do.
    return `arn:aws:${service}:${isRegion(where) ? `${where}:` : ""}`;
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

/**
 * Where an ARN must be: in the region that an argument of the component names, or a property beside the value, or in
 * one that never changes.
 */
type Home = { readonly argument: string } | { readonly beside: string } | { readonly region: string };

const HERE: Home = { argument: "region" };

function regionOf(home: Home, args: Given, { within }: Place): string | undefined {
    const value =
        "region" in home ? home.region : "beside" in home ? within[home.beside] : args[home.argument];
    return typeof value === "string" && isRegion(value) ? value : undefined;
}

function inRegion(
    pattern: (region: string) => RegExp,
    refusal: (region: string) => Refusal,
    home: Home,
): Also {
    const judge: Judge = (value, args, place) => {
        const where = regionOf(home, args, place);
        // Where the region itself is refused, any will do.
        return pattern(where ?? "[a-z0-9-]+").test(value as string)
            ? undefined
            : refusal(where ?? "the component's region");
    };
    return {
        judge,
        judgeLater: ofArns(judge),
    };
}

/** Judges ARNs alone: mocks in tests make up texts that are none, which AWS does not. */
function ofArns(judge: Judge): Judge {
    return (value, ...around) => (String(value).startsWith("arn:aws:") ? judge(value, ...around) : undefined);
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
        judgeLater: (value, args, place) =>
            listOf(value)
                .map((arn) => topic.judgeLater?.(arn, args, place))
                .find((refusal) => refusal !== undefined),
    };
}

/** Tags: a text each, any of which, or all together, may be known only later. */
export function tags(): Rule<"map", false, true> {
    return input(map(input(text())));
}

/** The value of a tag. Source: Tagging AWS Resources User Guide, "Tag naming limits and requirements". */
export function tagValue(): Optional<"text"> {
    return textLike(
        /^[A-Za-z0-9 _.:/=+@-]{1,256}$/,
        "a tag's value: 1 to 256 letters, digits, spaces and _.:/=+-@",
    );
}
