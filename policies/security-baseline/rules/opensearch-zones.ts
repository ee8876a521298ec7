import { flag, number, object, type Props, resourceRule } from "../../framework";
import { DOMAIN_TYPES } from "../shared/domains";
import { judge, shown } from "../shared/judging";

interface Config {
    readonly minNodes: number;
}

export const rule = resourceRule<Config>({
    id: "opensearch-zones",
    severity: "medium",
    level: "advisory",
    description: "OpenSearch domains have three data nodes or more, in several availability zones.",
    fix: "Set clusterConfig.instanceCount to 3 or more, and zoneAwarenessEnabled to true.",
    frameworks: { controls: ["150"], securityHub: ["Opensearch.6", "ES.6"], checkov: ["CKV_AWS_318"] },
    types: DOMAIN_TYPES,
    config: {
        minNodes: { type: "integer", minimum: 1, default: 3, description: "The least number of data nodes." },
    },
    check: ({ props }, report, { minNodes }) => {
        const config = (): Props => object(props.clusterConfig);
        judge(
            () => {
                // AWS's default is 1.
                const count = number(config().instanceCount) ?? 1;
                if (count < minNodes) {
                    report(
                        `has few data nodes: clusterConfig.instanceCount is ${count}, and ${minNodes} is demanded.`,
                    );
                }
            },
            () => {
                // AWS's default is false.
                const { zoneAwarenessEnabled } = config();
                if (flag(zoneAwarenessEnabled) !== true) {
                    report(
                        `is in one availability zone: clusterConfig.zoneAwarenessEnabled is ${shown(zoneAwarenessEnabled)}.`,
                    );
                }
            },
        );
    },
});
