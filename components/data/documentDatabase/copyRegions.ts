import {
    alsoWhere,
    input,
    list,
    object,
    region,
    required,
    textOf,
    textWhere,
} from "../../shared/argumentRules";
import { type Given, type Place } from "../../shared/argumentTable";
import { type DocumentCopyRegion } from "./args";

/** The rule of regions that something is copied to, with the keys that the copies are under. */
export function copyRegions(most: number, isJudged: (args: Given) => boolean) {
    const elsewhere = alsoWhere(
        (value, args, { outer }) =>
            !isJudged(args) || (value !== args.region && !isNamedBefore(value, outer)),
        (args) => `a region other than ${textOf(args.region)}, where the database is, and each once`,
        region(),
    );
    const key = textWhere(
        (arn, args, { within }) => !isJudged(args) || isKeyIn(textOf(within.region), arn),
        (_, { within }) => `the ARN of a KMS key in ${textOf(within.region)}, arn:aws:kms:…:key/<id>`,
        { kind: "the ARN of a KMS key" },
    );
    return list(
        object<DocumentCopyRegion>({ region: required(elsewhere), kmsKeyArn: required(input(key)) }),
        "a list of regions, each with region and kmsKeyArn",
        (value, args) => {
            const { length } = value as unknown[];
            return !isJudged(args) || length <= most
                ? undefined
                : { shown: length, allowed: `at most ${most} regions` };
        },
    );
}

function isNamedBefore(value: unknown, item: Place | undefined): boolean {
    return (item?.before ?? []).some((other) => (other as DocumentCopyRegion | null)?.region === value);
}

function isKeyIn(where: string, arn: string): boolean {
    const [prefix, partition, service, at, account, resource] = arn.split(":");
    return (
        `${prefix}:${partition}:${service}:${at}` === `arn:aws:kms:${where}` &&
        /^\d{12}$/.test(account ?? "") &&
        /^key\/[A-Za-z0-9-]+$/.test(resource ?? "")
    );
}
