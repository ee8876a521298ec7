import { flag, regionOf, stackRule } from "../../framework";
import { anyOf } from "../../framework/items";
import { INSTANCE_TYPES } from "../shared/instances";

const DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";
const VOLUME_MAKERS = [...INSTANCE_TYPES, "aws:ebs/volume:Volume"];

interface Config {
    readonly managedElsewhere: boolean;
}

export const rule = stackRule<Config>({
    id: "ebs-encryption-by-default",
    severity: "high",
    description: "In every region with volumes, new volumes are encrypted by default.",
    fix: "Add an aws.ebs.EncryptionByDefault with `enabled: true` for the region, once per account and region.",
    frameworks: {
        controls: ["27"],
        securityHub: ["EC2.7"],
        cisV3: ["2.2.1"],
        cisV5: ["5.1.1"],
        checkov: ["CKV_AWS_106"],
    },
    types: [DEFAULT, ...VOLUME_MAKERS],
    config: {
        managedElsewhere: {
            type: "boolean",
            default: false,
            description: "Whether another stack of the account sets the default.",
        },
    },
    checkStack: (stack, report, { managedElsewhere }) => {
        const settings = stack.ofType(DEFAULT);
        stack.each(settings, (setting) => {
            // Left out, the provider's default is true.
            if (flag(setting.props.enabled) === false) {
                report("leaves new volumes unencrypted: enabled is false.", setting);
            }
        });
        if (managedElsewhere) {
            return;
        }
        const missing = new Set<string>();
        stack.each(stack.ofType(...VOLUME_MAKERS), (maker) => {
            const region = regionOf(maker);
            if (!anyOf(settings.map((setting) => () => regionOf(setting) === region))) {
                missing.add(region ?? "the provider's region");
            }
        });
        for (const region of missing) {
            report(`${region} has instances or volumes, and no default that encrypts new volumes.`);
        }
    },
});
