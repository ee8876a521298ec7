import { list, object, stackRule, text } from "../../framework";
import { isInPlan } from "../../framework/backups";
import { anyOf } from "../../framework/items";
import { placeOf } from "../../framework/places";
import { type Member, type StackView } from "../../framework/stackView";
import { tagOf } from "../../framework/tags";

const VOLUME = "aws:ebs/volume:Volume";
const POLICY = "aws:dlm/lifecyclePolicy:LifecyclePolicy";

export const rule = stackRule({
    id: "volumes-snapshotted",
    severity: "high",
    description:
        "Volumes that outlive instances have snapshots, by Data Lifecycle Manager or a plan of AWS Backup.",
    fix: "Add an aws.dlm.LifecyclePolicy in the volume's region with one of the volume's tags in targetTags, or an aws.backup.Selection that takes the volume in.",
    frameworks: { controls: ["F42.6"] },
    types: [VOLUME],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(VOLUME), (volume) => {
            if (!isInPlan(stack, volume) && !isTargeted(stack, volume)) {
                report("has no snapshots: neither a lifecycle policy nor a backup plan takes it in.", volume);
            }
        });
    },
});

function isTargeted(stack: StackView, volume: Member): boolean {
    return anyOf(
        stack.ofType(POLICY).map((policy) => () => {
            const details = object(policy.props.policyDetails);
            const isOfVolumes =
                list(details.resourceTypes).some((type) => text(type) === "VOLUME") &&
                placeOf(policy) === placeOf(volume) &&
                // The provider's default is ENABLED.
                text(policy.props.state) !== "DISABLED";
            // A volume with any of the tags is meant.
            return (
                isOfVolumes &&
                Object.entries(object(details.targetTags)).some(
                    ([tag, value]) => tagOf(volume, tag) === text(value),
                )
            );
        }),
    );
}
