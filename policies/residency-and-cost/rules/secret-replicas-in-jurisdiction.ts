import { stackRule } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { placeOf, regionOfArn } from "../../framework/places";
import { type Props, text } from "../../framework/subject";
import { ifKnown } from "../../framework/unknowns";
import { type ResidencyConfig, residencyConfig, strangePlace, territoryOf } from "../shared/residency";

const SECRET = "aws:secretsmanager/secret:Secret";
const KEYS = ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"];

export const rule = stackRule<ResidencyConfig>({
    id: "secret-replicas-in-jurisdiction",
    severity: "high",
    description:
        "Replicas of secrets stay where the secret may be, each under a customer-managed key of its region.",
    fix: "Remove the replica or move it, and give it the ARN of a key of its region as kmsKeyId.",
    frameworks: { controls: ["P03"] },
    config: residencyConfig,
    types: [SECRET],
    checkStack: (stack, report, config) => {
        stack.each(stack.ofType(SECRET), (secret) => {
            if (!isGiven(secret.props, "replicas")) {
                return;
            }
            const keys = stack.referencesOf(secret, "replicas", ...KEYS).map(placeOf);
            eachObject(secret.props.replicas, (replica) => {
                const region = text(replica.region);
                const territory = territoryOf(secret, config);
                const found = typeof territory === "string" ? undefined : strangePlace(region, territory);
                if (found !== undefined) {
                    report(`has a replica in ${found}.`, secret);
                }
                const problem = keyProblem(replica, region ?? "", keys);
                if (problem !== undefined) {
                    report(`has a replica in ${region ?? ""} under ${problem}.`, secret);
                }
            });
        });
    },
});

/** What is wrong with a replica's key. @param keys Regions of the keys that the replicas refer to. */
function keyProblem(
    replica: Props,
    region: string,
    keys: readonly (string | undefined)[],
): string | undefined {
    if (!isGiven(replica, "kmsKeyId")) {
        // AWS takes the key aws/secretsmanager of the region.
        return "AWS's own key";
    }
    const place = regionOfArn(ifKnown(() => text(replica.kmsKeyId)));
    if (place !== undefined) {
        return place === region ? undefined : `a key of ${place}`;
    }
    return keys.length === 0 || keys.includes(region) ? undefined : "a key of another region";
}
