import { object, resourceRule, text, texts } from "../../framework";
import { eachObject } from "../../framework/items";
import { DISTRIBUTION } from "../shared/distributions";
import { judge, shown } from "../shared/judging";

interface Config {
    readonly versions: readonly string[];
}

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
    types: [DISTRIBUTION],
    config: {
        versions: {
            type: "array",
            items: { type: "string" },
            default: ["TLSv1.2", "TLSv1.3"],
            description: "The versions of TLS that are allowed.",
        },
    },
    check: ({ props }, report, { versions }) => {
        eachObject(props.origins, (origin, index) => {
            if (origin.customOriginConfig === undefined || origin.customOriginConfig === null) {
                return;
            }
            const config = object(origin.customOriginConfig);
            judge(
                () => {
                    const policy = text(config.originProtocolPolicy);
                    if (policy !== "https-only") {
                        report(`talks HTTP to origins[${index}]: originProtocolPolicy is ${shown(policy)}.`);
                    }
                },
                () => {
                    const old = texts(config.originSslProtocols).filter(
                        (version) => !versions.includes(version),
                    );
                    if (old.length > 0) {
                        report(`talks ${old.join(" and ")} to origins[${index}] (originSslProtocols).`);
                    }
                },
            );
        });
    },
});
