import { stackRule } from "../../framework";
import { providerAccounts } from "../../framework/accounts";
import { eachObject, isGiven } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { type Member, type StackView } from "../../framework/stackView";
import { object, type Props, text } from "../../framework/subject";
import { ifKnown } from "../../framework/unknowns";
import { type ResidencyConfig, residencyConfig, strangePlace, territoryOf } from "../shared/residency";

interface Config extends ResidencyConfig {
    readonly knownBuckets: Readonly<Record<string, string>>;
    readonly accounts: readonly string[];
}

const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];
const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

export const rule = stackRule<Config>({
    id: "s3-replication-in-jurisdiction",
    severity: "high",
    description: "S3 replicates to buckets of allowed accounts, in regions where the source's data may be.",
    fix: "Replicate to a bucket of an allowed region and account, or do not replicate.",
    frameworks: { controls: ["P04"] },
    config: {
        ...residencyConfig,
        knownBuckets: {
            type: "object",
            additionalProperties: { type: "string" },
            default: {},
            description:
                "Regions of buckets outside the stack, by the bucket's name. S3's ARNs tell no region.",
        },
        accounts: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Accounts that may own destinations, besides those that the provider allows.",
        },
    },
    types: [REPLICATION],
    checkStack: (stack, report, config) => {
        stack.each(stack.ofType(REPLICATION), (replication) => {
            const [source] = stack.referencesOf(replication, "bucket", ...BUCKETS);
            eachObject(replication.props.rules, (each, index) => {
                const destination = object(each.destination);
                const label = `replicates by rules[${index}] to`;
                const stranger = strangeAccount(replication, destination, config.accounts);
                if (stranger !== undefined) {
                    report(
                        `${label} the account ${stranger}, which neither accounts nor the provider's allowedAccountIds name.`,
                        replication,
                    );
                }
                const territory = territoryOf(source ?? replication, config);
                if (typeof territory === "string") {
                    report(`${label} another bucket, and its source ${territory}`, replication);
                    return;
                }
                const target = targetOf(stack, replication, destination, config);
                if (target === undefined) {
                    if (territory.restricted) {
                        report(
                            `${label} a bucket outside the stack, whose region knownBuckets does not tell.`,
                            replication,
                        );
                    }
                    return;
                }
                const found = strangePlace(target.region, territory);
                if (found !== undefined) {
                    report(`${label} ${target.label} in ${found}.`, replication);
                }
            });
        });
    },
});

function strangeAccount(
    replication: Member,
    destination: Props,
    accounts: readonly string[],
): string | undefined {
    const account = text(destination.account);
    const own = providerAccounts(replication);
    return account === undefined || accounts.includes(account) || own.includes(account) ? undefined : account;
}

/** The bucket that a rule replicates to, where the stack or the configuration tells its region. */
function targetOf(
    stack: StackView,
    replication: Member,
    destination: Props,
    { knownBuckets }: Config,
): { readonly label: string; readonly region: string | undefined } | undefined {
    const arn = ifKnown(() => text(destination.bucket));
    const name = arn?.split(":").at(-1);
    if (name !== undefined) {
        const bucket = stack
            .ofType(...BUCKETS)
            .find(
                (each) =>
                    ifKnown(() => text(each.props.bucket)) === name ||
                    ifKnown(() => text(each.props.arn)) === arn,
            );
        const region = bucket === undefined ? knownBuckets[name] : placeOf(bucket);
        if (region !== undefined) {
            return { label: name, region };
        }
    }
    const sources = stack.referencesOf(replication, "bucket", ...BUCKETS);
    const [bucket] = stack
        .referencesOf(replication, "rules", ...BUCKETS)
        .filter((each) => !sources.includes(each));
    if (bucket === undefined) {
        if (isGiven(destination, "bucket") && arn === undefined) {
            // Nothing tells which bucket it is: reading it says so.
            text(destination.bucket);
        }
        return undefined;
    }
    return { label: stack.nameOf(bucket, replication), region: placeOf(bucket) };
}
