import { flag, stackRule, text } from "../../framework";
import { inputOf } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { arnOf } from "../shared/arn";
import { judge } from "../shared/values";

const REPLICAS = ["aws:kms/replicaKey:ReplicaKey", "aws:kms/replicaExternalKey:ReplicaExternalKey"] as const;
const PRIMARIES = ["aws:kms/key:Key", "aws:kms/externalKey:ExternalKey"] as const;

export const rule = stackRule({
    id: "kms-replica-key",
    severity: "high",
    description: "Replicas are of multi-region keys, in another region than the key, once in each.",
    fix: "Set multiRegion true on the primary key, and make one replica in each further region.",
    frameworks: { controls: ["F15.3"] },
    types: REPLICAS,
    checkStack: (stack, report) => {
        const seen = new Map<string, string>();
        stack.each(stack.ofType(...REPLICAS), (replica) => {
            const [primary] = stack.referencesOf(replica, "primaryKeyArn", ...PRIMARIES);
            judge(
                () => {
                    // AWS's default is a key of one region.
                    if (primary !== undefined && flag(inputOf(primary, "multiRegion")) !== true) {
                        report(`replicates ${primary.name}, which is not a multi-region key.`, replica);
                    }
                },
                () => {
                    const arn = primary === undefined ? text(replica.props.primaryKeyArn) : undefined;
                    const home = primary === undefined ? arnOf(arn)?.region : placeOf(primary);
                    const place = placeOf(replica);
                    if (home !== undefined && home === place) {
                        report(`is in ${place}, where its primary key is.`, replica);
                    }
                    const key = `${primary?.urn ?? arn ?? ""} ${place ?? ""}`;
                    const owner = seen.get(key);
                    if (owner !== undefined) {
                        report(
                            `is in ${place ?? ""}, and so is ${owner}, a replica of the same key.`,
                            replica,
                        );
                    }
                    seen.set(key, owner ?? replica.name);
                },
            );
        });
    },
});
