import { resourceRule } from "../../framework";
import { eachObject, isGiven } from "../../framework/items";
import { number, object, type Props, type Subject, text } from "../../framework/subject";

const VOLUME = "aws:ebs/volume:Volume";
const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const DATABASE = "aws:rds/instance:Instance";
const DOMAIN = "aws:opensearch/domain:Domain";

// What a database can be made from.
const SOURCES = ["replicateSourceDb", "restoreToPointInTime", "snapshotIdentifier"];

// Types of the generation before, each with what costs less and does no less.
const OLD: Readonly<Record<string, string>> = { gp2: "gp3", io1: "io2", standard: "gp3" };

export const rule = resourceRule({
    id: "volumes-gp3",
    severity: "low",
    description: "Volumes are of the current generation: gp3 costs a fifth less than gp2.",
    fix: 'Set the volume type to "gp3".',
    frameworks: { controls: ["P32"] },
    level: "advisory",
    types: [VOLUME, INSTANCE, TEMPLATE, DATABASE, DOMAIN],
    check: (resource, report) => {
        const judge = (type: string | undefined, property: string): void => {
            const better = OLD[type ?? ""];
            if (better !== undefined) {
                report(`has ${property} "${type ?? ""}", and ${better} costs less.`);
            }
        };
        judgeEach(resource, judge);
    },
});

function judgeEach(resource: Subject, judge: (type: string | undefined, property: string) => void): void {
    const { type, props } = resource;
    switch (type) {
        case VOLUME:
            // AWS's default.
            judge(text(props.type) ?? "gp2", "type");
            break;
        case INSTANCE:
            // Where a device says nothing, its image decides.
            judge(text(object(props.rootBlockDevice).volumeType), "rootBlockDevice.volumeType");
            eachObject(props.ebsBlockDevices, (device, index) => {
                judge(text(device.volumeType), `ebsBlockDevices[${index}].volumeType`);
            });
            break;
        case TEMPLATE:
            eachObject(props.blockDeviceMappings, (mapping, index) => {
                judge(text(object(mapping.ebs).volumeType), `blockDeviceMappings[${index}].ebs.volumeType`);
            });
            break;
        case DATABASE:
            judge(databaseStorage(props), "storageType");
            break;
        default: {
            const options = object(props.ebsOptions);
            // AWS's default where volumes are asked for.
            judge(
                text(options.volumeType) ?? (options.ebsEnabled === true ? "gp2" : undefined),
                "ebsOptions.volumeType",
            );
        }
    }
}

function databaseStorage(props: Props): string | undefined {
    // Members of Aurora clusters have the cluster's storage.
    if ((text(props.engine) ?? "").startsWith("aurora")) {
        return undefined;
    }
    if (isGiven(props, "storageType")) {
        return text(props.storageType);
    }
    // Replicas and what is restored have the storage of their source.
    return SOURCES.some((property) => isGiven(props, property))
        ? undefined
        : number(props.iops) === undefined
          ? "gp2"
          : "io1";
}
