import { flag, type Member, stackRule, type StackView } from "../../framework";
import { inputOf, isInput } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { globalOf, primaryOf, secondariesOf } from "../shared/aurora";
import { keyRegion } from "../shared/keys";
import { RDS_CLUSTER } from "../shared/types";

export const rule = stackRule({
    id: "aurora-secondary-own-region-key",
    severity: "high",
    description: "An encrypted secondary cluster of a global database names a KMS key of its own region.",
    fix: "Set storageEncrypted to true, and kmsKeyId to the ARN of a key in the cluster's region.",
    frameworks: { controls: ["C1"] },
    types: [RDS_CLUSTER],
    checkStack: (stack, report) => {
        stack.each(
            secondariesOf(stack).filter((cluster) => mayBeEncrypted(stack, cluster)),
            (cluster) => {
                if (flag(inputOf(cluster, "storageEncrypted")) !== true) {
                    report("replicates an encrypted cluster and has no storageEncrypted true.", cluster);
                } else if (!isInput(cluster, "kmsKeyId")) {
                    report(
                        "replicates an encrypted cluster of another region and has no kmsKeyId; the source's key does not exist here.",
                        cluster,
                    );
                } else {
                    const region = keyRegion(stack, cluster, "kmsKeyId");
                    const place = placeOf(cluster);
                    if (region !== undefined && place !== undefined && region !== place) {
                        report(`is in ${place} and has a kmsKeyId of ${region}.`, cluster);
                    }
                }
            },
        );
    },
});

/** Whether nothing in the stack says that the global database is not encrypted. */
function mayBeEncrypted(stack: StackView, cluster: Member): boolean {
    const global = globalOf(stack, cluster);
    if (global === undefined) {
        return true;
    }
    const primary = primaryOf(stack, global);
    if (primary !== undefined) {
        return isInput(primary, "storageEncrypted");
    }
    return isInput(global, "sourceDbClusterIdentifier") || isInput(global, "storageEncrypted");
}
