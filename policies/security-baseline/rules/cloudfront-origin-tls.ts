import { object, type Props, resourceRule, text, texts } from "../../framework";
import { eachObject } from "../../framework/items";
import { DISTRIBUTION } from "../shared/distributions";
import { judge, shown } from "../shared/judging";

interface Config {
    readonly versions: readonly string[];
}

const VPC_ORIGIN = "aws:cloudfront/vpcOrigin:VpcOrigin";

export const rule = resourceRule<Config>({
    id: "cloudfront-origin-tls",
    severity: "high",
    description: "Distributions talk to custom origins over HTTPS alone, with TLS 1.2 at least.",
    fix: 'Set customOriginConfig.originProtocolPolicy to "https-only" and originSslProtocols to ["TLSv1.2"].',
    frameworks: {
        controls: ["74"],
        securityHub: ["CloudFront.9", "CloudFront.10"],
        checkov: ["CKV2_AWS_72"],
    },
    types: [DISTRIBUTION, VPC_ORIGIN],
    config: {
        versions: {
            type: "array",
            items: { type: "string" },
            default: ["TLSv1.2", "TLSv1.3"],
            description: "The versions of TLS that are allowed.",
        },
    },
    check: ({ type, props }, report, { versions }) => {
        const judgeOrigin = (config: Props, protocols: unknown, where: string): void => {
            judge(
                () => {
                    const policy = text(config.originProtocolPolicy);
                    if (policy !== "https-only") {
                        report(`talks HTTP to ${where}: originProtocolPolicy is ${shown(policy)}.`);
                    }
                },
                () => {
                    const old = texts(protocols).filter((version) => !versions.includes(version));
                    if (old.length > 0) {
                        report(`talks ${old.join(" and ")} to ${where} (originSslProtocols).`);
                    }
                },
            );
        };
        if (type === VPC_ORIGIN) {
            const config = object(props.vpcOriginEndpointConfig);
            judgeOrigin(config, object(config.originSslProtocols).items, "the VPC origin");
            return;
        }
        eachObject(props.origins, (origin, index) => {
            if (origin.customOriginConfig === undefined || origin.customOriginConfig === null) {
                return;
            }
            const config = object(origin.customOriginConfig);
            judgeOrigin(config, config.originSslProtocols, `origins[${index}]`);
        });
    },
});
